//! Cells added up without losing a digit, or a reason why there is no sum.

use super::ABSENT;
use reference::{Absence, Marks, Value};
use rust_decimal::Decimal;

/// A sum of cells, exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sum {
    // mantissa × 10^-scale, and what there was no room for.
    mantissa: i64,
    scale: u8,
    rest: Decimal,
    pub(super) cells: u32,
    present: u32,
    missing: Option<Absence>,
    marks: Marks,
}

impl Sum {
    pub(super) fn add(&mut self, mantissa: i64, scale: u8, marks: Marks) {
        self.cells += 1;
        self.marks = self.marks.union(marks);
        match scale.checked_sub(ABSENT) {
            // What does not apply adds nothing; anything else that is absent leaves the sum unknown.
            Some(absence) => match Absence::ALL[usize::from(absence)] {
                Absence::NotApplicable => {}
                missing @ (Absence::NotAvailable | Absence::Confidential | Absence::NotYetSupplied) => {
                    self.missing = Some(missing)
                }
            },
            None => {
                self.present += 1;
                match self.mantissa.checked_add(mantissa).filter(|_| scale == self.scale) {
                    Some(sum) => self.mantissa = sum,
                    None => self.add_at_another_scale(mantissa, scale),
                }
            }
        }
    }

    fn add_at_another_scale(&mut self, mantissa: i64, scale: u8) {
        let finer = self.scale.max(scale);
        let at_finer = |mantissa: i64, scale: u8| mantissa.checked_mul(10_i64.checked_pow(u32::from(finer - scale))?);
        let both = at_finer(self.mantissa, self.scale).zip(at_finer(mantissa, scale));
        match both.and_then(|(sum, more)| sum.checked_add(more)) {
            Some(sum) => (self.mantissa, self.scale) = (sum, finer),
            None => self.rest += Decimal::new(mantissa, u32::from(scale)),
        }
    }

    /// What the cells add up to. Absent when any of them is not available, confidential or not yet supplied, or when all are not
    /// applicable.
    #[must_use]
    pub fn value(&self) -> Value {
        match self.missing {
            Some(absence) => Value::Absent(absence),
            None if self.present == 0 => Value::Absent(Absence::NotApplicable),
            None => Value::Present((self.rest + Decimal::new(self.mantissa, u32::from(self.scale))).normalize()),
        }
    }

    /// How many cells there are, those that do not apply included.
    #[must_use]
    pub fn cells(&self) -> u32 {
        self.cells
    }

    /// The marks of any of the cells.
    #[must_use]
    pub fn marks(&self) -> Marks {
        self.marks
    }
}
