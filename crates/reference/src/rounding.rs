//! Rounding, which happens once and only for display: half away from zero, in decimal arithmetic.

use rust_decimal::{Decimal, RoundingStrategy};

/// The number to `places` decimals, half away from zero: 2.5 is 3 and −2.5 is −3.
#[must_use]
pub fn round(number: Decimal, places: u32) -> Decimal {
    let mut rounded = number.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
    rounded.rescale(places);
    if rounded.is_zero() { rounded.abs() } else { rounded }
}

/// The number as the house prints it: rounded to `places`, thousands parted by commas, a true minus sign.
#[must_use]
pub fn display(number: Decimal, places: u32) -> String {
    let rounded = round(number, places);
    let digits = group_thousands(&rounded.abs().to_string());
    if rounded.is_sign_negative() && !rounded.is_zero() { format!("\u{2212}{digits}") } else { digits }
}

/// Pounds: `£162`, `£3.36`; a loss is `−£2`.
#[must_use]
pub fn money(pounds: Decimal, places: u32) -> String {
    let text = display(pounds, places);
    match text.strip_prefix('\u{2212}') {
        Some(rest) => format!("\u{2212}£{rest}"),
        None => format!("£{text}"),
    }
}

/// Commas between the thousands of a plain unsigned decimal: `3396.5` becomes `3,396.5`.
#[must_use]
pub fn group_thousands(digits: &str) -> String {
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (digits, None),
    };
    let mut grouped = String::with_capacity(digits.len() + whole.len() / 3 + 1);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if let Some(fraction) = fraction {
        grouped.push('.');
        grouped.push_str(fraction);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn halves_go_away_from_zero() {
        for (number, places, shown) in [
            ("2.5", 0, "3"),
            ("-2.5", 0, "\u{2212}3"),
            ("0.05", 1, "0.1"),
            ("3395.75", 0, "3,396"),
            ("-0.4", 0, "0"),
            ("1234567.891", 2, "1,234,567.89"),
            ("4", 1, "4.0"),
        ] {
            assert_eq!(display(d(number), places), shown);
        }
    }

    #[test]
    fn a_loss_has_its_sign_before_the_pound() {
        assert_eq!(money(d("-2.4"), 0), "\u{2212}£2");
        assert_eq!(money(d("161.5"), 0), "£162");
    }

    proptest! {
        #[test]
        fn rounding_moves_a_number_by_half_a_unit_at_most(mantissa in -10_i64.pow(12)..10_i64.pow(12), scale in 0u32..8, places in 0u32..4) {
            let number = Decimal::new(mantissa, scale);
            let moved = (round(number, places) - number).abs();
            prop_assert!(moved <= Decimal::new(5, places + 1));
        }

        #[test]
        fn commas_change_no_digit(number in any::<u64>()) {
            let digits = number.to_string();
            prop_assert_eq!(group_thousands(&digits).replace(',', ""), digits);
        }
    }
}
