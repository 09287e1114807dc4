# Two commands matter: `make demo` and `make test`. Both install what a fresh Debian machine lacks.

STORE := .build/demo
CLAIMS := .build/debug/claims
PACKAGES := libpq-dev libsqlite3-dev
TEST_PACKAGES := postgresql

.PHONY: demo test build lint setup mutation clean

# The main job: the sample claims, then the same file again, then every invariant checked.
demo: setup
	swift build --product claims
	@mkdir -p $(STORE)
	@echo; echo "$$ claims process Fixtures/claims/demo.837"; echo
	@$(CLAIMS) process Fixtures/claims/demo.837 --received 2026-04-01 --store sqlite:$(STORE)/claims.db --eob $(STORE)/eob \
	  || test $$? -eq 65
	@echo; echo "$$ the same again: every claim is replayed (=), and the bank has no new payment"; echo
	@$(CLAIMS) process Fixtures/claims/demo.837 --received 2026-04-01 --store sqlite:$(STORE)/claims.db || test $$? -eq 65
	@echo; echo "$$ claims verify"; echo
	@$(CLAIMS) verify --store sqlite:$(STORE)/claims.db
	@echo; echo "letters to the members are in $(STORE)/eob; next: $(CLAIMS) demo dedup"

# The optimised program, for real files.
build: setup
	swift build -c release --product claims

test: setup lint
	swift test

lint: setup
	swift format lint --strict --recursive Package.swift Sources Tests Migrations Fixtures

# Takes each protection out of the source in turn; the tests must then fail.
mutation: setup
	Tests/mutation.sh

setup:
	@missing=$$(for p in $(PACKAGES); do dpkg -s $$p >/dev/null 2>&1 || echo $$p; done); \
	if [ -n "$$missing" ]; then \
	  sudo=$$(test $$(id -u) -eq 0 || echo sudo); \
	  $$sudo apt-get update -q && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -q $$missing; \
	fi

clean:
	rm -rf .build
