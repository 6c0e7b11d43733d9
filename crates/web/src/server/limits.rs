//! So many requests from one address.

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::{net::IpAddr, num::NonZero};

/// How many times a second's worth may come at once.
const BURST: u32 = 10;

/// The limits of all addresses.
pub struct Limits(Option<DefaultKeyedRateLimiter<IpAddr>>);

impl Limits {
    /// So many a second; `None` for no limit.
    pub fn new(per_second: Option<NonZero<u32>>) -> Self {
        let quota =
            |n: NonZero<u32>| Quota::per_second(n).allow_burst(n.saturating_mul(NonZero::new(BURST).unwrap_or(n)));
        Self(per_second.map(|n| RateLimiter::keyed(quota(n))))
    }

    /// Whether somebody may ask once more now. Addresses of IPv6 count by their network, of which one household has a whole one.
    pub fn allow(&self, address: IpAddr) -> bool {
        let network = match address.to_canonical() {
            IpAddr::V6(v6) => IpAddr::V6((v6.to_bits() >> 64 << 64).into()),
            v4 @ IpAddr::V4(_) => v4,
        };
        self.0.as_ref().is_none_or(|limiter| limiter.check_key(&network).is_ok())
    }

    /// Forgets those who have not asked for a while.
    pub fn forget(&self) {
        if let Some(limiter) = &self.0 {
            limiter.retain_recent();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_household_is_one_address() {
        let limits = Limits::new(NonZero::new(1));
        let ask = |text: &str| limits.allow(text.parse().unwrap());
        assert_eq!((0..30).filter(|_| ask("2001:db8::1")).count(), 10);
        assert!(!ask("2001:db8::ffff"), "the same network");
        assert!(ask("2001:db8:0:1::1"), "another one");
        assert!(ask("192.0.2.7"));
        assert!(Limits::new(None).0.is_none());
    }
}
