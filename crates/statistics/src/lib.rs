//! Measures, rates, comparisons, intervals and tests: everything that turns observations into figures and verdicts.
//!
//! Pure: no file, no clock, no judgment. Every formula names its source; numbers stay exact decimals until a square root forces
//! floating point, and are rounded nowhere but at display.

pub mod change;
pub mod chi_square;
pub mod comparability;
pub mod compared;
pub mod comparison;
pub mod disproportionality;
pub mod funnel;
pub mod interval;
pub mod measure;
pub mod observations;
pub mod parts;
pub mod projection;
pub mod rank;
pub mod real_terms;
pub mod study;
pub mod xmr;

pub use change::{PercentChange, PointChange, percent_change, point_change};
pub use chi_square::{ChiSquare, Correction, SIGNIFICANCE, TwoByTwo, chi_square};
pub use comparison::{Deviation, Method, NoComparison, Spread, Standing, Verdict, spread};
pub use disproportionality::{
    Disproportionality, EthnicGroup, GroupRate, LeftOut, NoDisproportionality, disproportionality,
};
pub use funnel::{Limits, Place, over_dispersion, proportion_limits, proportion_score, rate_limits, rate_score};
pub use interval::{Z95, Z998, byar, told_apart, wilson};
pub use parts::{Addition, LOOK_EQUAL_NOTE, ROUNDING_NOTE, addition, look_equal};
pub use projection::{NoProjection, Projection, next_year};
pub use rank::{Rank, ranks};
pub use real_terms::{Deflator, NotADeflator, NotRestated, RealTerms};
pub use xmr::{Chart, NoChart, Settings, xmr};
