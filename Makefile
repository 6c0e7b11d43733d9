# Everything a newcomer needs. On a machine with Rust, Node and make nothing else is installed by hand.

CARGO ?= cargo
DIR   ?= demo
PORT  ?= 8000
SERVE ?=

.PHONY: demo test check bench bench-records soak fuzz assets clean

## Build the example inspectorate, publish it to $(DIR)/site and serve it on this machine. `make demo SERVE=--no-serve` only writes it.
demo: assets/dist/.made
	$(CARGO) run --locked --quiet -p peelian -- demo --dir $(DIR) --port $(PORT) $(SERVE)

## Everything that CI runs: format, lints, documentation, tests, workbooks, browser.
test: assets/dist/.made
	$(CARGO) run --locked --quiet -p xtask -- test

## The quick part of it: format, lints, documentation, tidiness.
check: assets/dist/.made
	$(CARGO) run --locked --quiet -p xtask -- check

## Ours beside their peers, in the same run.
bench: assets/dist/.made
	bash benches/run.sh
	bash benches/serve.sh

## Counting records beside DuckDB, Polars and pandas: ROWS=10000000 by default, LINEAR="1 10" for growth.
bench-records:
	bash benches/records.sh

## Damaged files of records, a hundred thousand of each form.
fuzz:
	PEELIAN_FUZZ=100000 $(CARGO) test --locked --release -p records --test it -- --nocapture hostile::no_damage

## 100,000 spoilt requests to the site; the ledger killed 200 times on each database, and eight writers with 1,000 commands each. Takes some minutes.
soak:
	SERVE_SOAK=1 $(CARGO) test --locked -p peelian --test it -- --nocapture whatever_is_asked
	LEDGER_SOAK=1 $(CARGO) test --locked -p ledger --test suite -- --nocapture kill:: crowd:: postgres::

assets: assets/dist/.made

# Styles from GOV.UK Frontend and the fonts, from the locked npm packages, to be compiled into the program.
assets/dist/.made: assets/package.json assets/package-lock.json assets/build.mjs $(wildcard assets/styles/*)
	cd assets && npm ci --no-audit --no-fund --silent && node build.mjs
	touch $@

clean:
	rm -rf target assets/dist assets/node_modules tests/browser/node_modules $(DIR)
