# Everything a newcomer needs. On a machine with Rust, Node and make nothing else is installed by hand.

CARGO ?= cargo
DIR   ?= demo

.PHONY: demo test check bench bench-records soak fuzz assets clean

## Build, load the shipped figures, compare, write a data pack for each of the 43 forces.
demo: assets/dist/.made
	$(CARGO) run --locked --quiet -p peelian -- demo --no-serve --dir $(DIR)

## Everything that CI runs: format, lints, documentation, tests, workbooks, browser.
test: assets/dist/.made
	$(CARGO) run --locked --quiet -p xtask -- test

## The quick part of it: format, lints, documentation, tidiness.
check: assets/dist/.made
	$(CARGO) run --locked --quiet -p xtask -- check

## Ours beside their peers, in the same run.
bench: assets/dist/.made
	bash benches/run.sh

## Counting records beside DuckDB, Polars and pandas: ROWS=10000000 by default, LINEAR="1 10" for growth.
bench-records:
	bash benches/records.sh

## Damaged files of records, a hundred thousand of each form.
fuzz:
	PEELIAN_FUZZ=100000 $(CARGO) test --locked --release -p records --test it -- --nocapture hostile::no_damage

## The ledger killed 200 times on each database, and eight writers with 1,000 commands each. Takes some minutes.
soak:
	LEDGER_SOAK=1 $(CARGO) test --locked -p ledger --test suite -- --nocapture kill:: crowd:: postgres::

assets: assets/dist/.made

# Styles from GOV.UK Frontend and the fonts, from the locked npm packages, to be compiled into the program.
assets/dist/.made: assets/package.json assets/package-lock.json assets/build.mjs $(wildcard assets/styles/*)
	cd assets && npm ci --no-audit --no-fund --silent && node build.mjs
	touch $@

clean:
	rm -rf target assets/dist assets/node_modules tests/browser/node_modules $(DIR)
