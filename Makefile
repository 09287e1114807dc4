# Two commands matter: `make demo` and `make test`. Both install what a fresh Debian machine lacks; where there is no apt, they
# say what is missing and what it is called there.

# A folder for each form of the tables: a store that other steps have made is left alone, and a fresh one begun.
STORE := .build/demo/$(shell cat Migrations/*/sqlite_*.sql Sources/BankSimulator/Migrations/*.sql | cksum | cut -d' ' -f1)
PROGRAM := .build/debug/claims
# pkg-config is how the build finds libpq, whose headers are in a folder of their own on Debian.
PACKAGES := libhiredis-dev libpq-dev libsqlite3-dev pkg-config zlib1g-dev
# What reads paper forms; the program is built and runs without.
FORM_PACKAGES := bubblewrap poppler-utils tesseract-ocr
# Where `make install` puts the program: make install PREFIX=$$HOME/.local. DESTDIR is the root of a package.
PREFIX := /usr/local
DESTDIR :=
# The installed program is stripped, and has what it needs of Swift linked in; Apple's systems bring Swift with them.
RELEASE := .build/release
# Man pages, a page a command, which the parser's own tool writes from the program's help.
MAN := .build/man
PARSER := --package-path .build/checkouts/swift-argument-parser --scratch-path .build/manual --product generate-manual
STATIC := -c release --product claims $(if $(filter Linux,$(shell uname -s)),-Xlinker -s --static-swift-stdlib)
# Servers of the tests' own, which they start and stop themselves; and what an outside validator of X12 is put into.
TEST_PACKAGES := pgbouncer postgresql redis-server python3-venv curl jq openssl prometheus nginx-light sqlite3 systemd $(FORM_PACKAGES)
# What counts instructions.
COUNT_PACKAGES := binutils valgrind
# What a cluster is made of. Debian starts etcd and haproxy when it installs them; the trials use processes of their own.
CLUSTER_PACKAGES := etcd-server haproxy iproute2 nftables patroni python3-etcd

# Progress in place of the compiler's thousands of lines; of a failure, the errors.
QUIETLY := @Deployment/build/quietly.sh

.PHONY: bench browser demo docs figures forms examples test instructions build install install-build install-files pages lint man setup test-setup count-setup cluster-setup mutation chaos failover restore upgrade fuzz fuzz-forms fuzz-http libfuzzer clean

# The main job: the sample claims, then the same file again, then every invariant checked.
demo: setup
	@test -x $(PROGRAM) && echo "building what has changed" || echo "building: five to ten minutes on two cores the first time"
	$(QUIETLY) swift build --product claims
	@echo "claims is built"
	$(QUIETLY) swift build --product claims-demo
	@echo "claims-demo is built"
	@mkdir -p $(STORE)
	@echo; echo "$$ claims process Fixtures/claims/demo.837 --received 2026-04-01"; echo
	@$(PROGRAM) process Fixtures/claims/demo.837 --received 2026-04-01 --store sqlite:$(STORE)/claims.db --eob $(STORE)/eob \
	  || test $$? -eq 65
	@echo; echo "$$ the same again: every claim is replayed (=), and the bank has no new payment"; echo
	@$(PROGRAM) process Fixtures/claims/demo.837 --received 2026-04-01 --store sqlite:$(STORE)/claims.db || test $$? -eq 65
	@echo; echo "$$ claims verify"; echo
	@$(PROGRAM) verify --store sqlite:$(STORE)/claims.db
	@echo; echo "letters to the members are in $(STORE)/eob; next: $(PROGRAM) demo dedup"

# The optimized program, for real files.
build: setup
	@echo "building the optimized program: about ten minutes on two cores the first time"
	$(QUIETLY) swift build -c release --product claims
	$(QUIETLY) swift build -c release --product claims-demo
	$(QUIETLY) swift build -c release --product claims-image

# Puts the program, its completions, man pages and the docs under PREFIX: make install PREFIX=/usr/local. To build as yourself and install
# as root: make install-build && sudo make install-files
install: install-build install-files

install-build: setup
	@echo "building the release program: about ten minutes on two cores the first time"
	$(QUIETLY) swift build $(STATIC)
	$(QUIETLY) swift build $(subst --product claims,--product claims-image,$(STATIC))
	$(MAKE) man PROGRAM=$(RELEASE)/claims

# Writes the man pages of a program that is built: make man, then man -l .build/man/claims.1
man:
	$(QUIETLY) swift build $(PARSER)
	Deployment/build/man.sh $$(swift build $(PARSER) --show-bin-path)/generate-manual $(PROGRAM) $(MAN) \
	  $$(git log -1 --format=--date=%cs 2>/dev/null)

install-files:
	@test -x $(RELEASE)/claims && test -f $(MAN)/claims.1 \
	  || { echo "make: there is no $(RELEASE)/claims with its man pages; run make install-build first"; exit 1; }
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/doc/paidonce/docs/images \
	  $(DESTDIR)$(PREFIX)/share/bash-completion/completions $(DESTDIR)$(PREFIX)/share/zsh/site-functions \
	  $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 0755 $(RELEASE)/claims $(RELEASE)/claims-image $(DESTDIR)$(PREFIX)/bin
	$(RELEASE)/claims --generate-completion-script bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/claims
	$(RELEASE)/claims --generate-completion-script zsh > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_claims
	$(RELEASE)/claims --generate-completion-script fish > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/claims.fish
	install -m 0644 $(MAN)/*.1 $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 0644 README.md CHANGELOG.md SECURITY.md $(DESTDIR)$(PREFIX)/share/doc/paidonce
	install -m 0644 docs/*.md $(DESTDIR)$(PREFIX)/share/doc/paidonce/docs
	install -m 0644 docs/images/*.png $(DESTDIR)$(PREFIX)/share/doc/paidonce/docs/images

# Runs every command of the README and of docs as printed, and compares what it prints.
pages: setup
	$(QUIETLY) swift build --product claims
	$(QUIETLY) swift build --product claims-demo
	Tests/Docs/run_blocks.py --program $(PROGRAM)

# So many tests run at once: with all of them, nobody gets an answer in time.
test: export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH ?= 16
test: setup test-setup count-setup lint examples
	swift build --build-tests
	Benchmarks/instructions.py
	Tests/run.sh

# Counts the instructions of five hot paths of the debug build, and fails if one is 3 % away from the figure on record, as
# `make test` does: make instructions UPDATE=1 records new figures.
instructions: setup count-setup
	swift build --product claims
	Benchmarks/instructions.py --self-test
	Benchmarks/instructions.py $(if $(UPDATE),--update)

lint: setup
	swift format lint --strict --recursive Package.swift Sources Tests Migrations Fixtures Examples Benchmarks

# Packages of their own that use the library from outside. The tests build them too; built first, they leave the machine to
# the tests.
examples: setup
	for name in TenLines Shop Agent; do \
	  swift build --package-path Examples/$$name --scratch-path .build/examples || exit 1; \
	done

# The library's documentation, without a warning.
docs: setup
	swift package generate-documentation --target DurableExecution --target DurableDriver \
	  --target DurableTesting --warnings-as-errors

# What the source looks like in numbers; with a seed, ten doc comments to be read aloud: make figures SEED=7
figures:
	@Tests/figures.py $(SEED)

# Measures the program, its limits and its peers, and writes Benchmarks/RESULTS.md. absurd's tables come from a file of its
# project: make bench ABSURD_SQL=absurd.sql. OPTIONS are those of Benchmarks/bench.py: make bench OPTIONS="--only latency"
bench: build test-setup
	swift build -c release --package-path Benchmarks/Steps --scratch-path .build/benchmarks
	Benchmarks/bench.py $(if $(ABSURD_SQL),--absurd-sql $(ABSURD_SQL)) $(OPTIONS)

# Drives the console in a headless browser, and looks at every page for faults: make browser SHOTS=pictures
browser: setup
	swift build --product claims
	command -v chromium >/dev/null || apt-get install -y chromium
	python3 -m venv .build/browser && .build/browser/bin/pip install --quiet playwright axe-playwright-python
	.build/browser/bin/python Tests/Browser/console.py $(PROGRAM) $(if $(SHOTS),--shots $(SHOTS))

# Draws paper forms of made-up claims and holds what is read of them against the truth, box by box: 500 as PDFs with text, of
# which every box must be right, then scans, of which none may be wrong without being in doubt: make forms SEED=7 COUNT=100
forms: setup test-setup
	swift build --product claims-forms
	swift build --product claims-image
	Tests/Forms/setup.sh .build/forms
	.build/forms/bin/python Tests/Forms/report.py .build/debug/claims-forms --seed $(or $(SEED),1) --count $(or $(COUNT),500)
	.build/forms/bin/python Tests/Forms/report.py .build/debug/claims-forms --seed $(or $(SEED),1) --count $(or $(SCANS),50) \
	  --scan $(or $(SCAN),noise)

# Takes each protection out of the source in turn; the tests must then fail.
mutation: setup
	Tests/mutation.sh

# Seeded mutations of the fixtures over every reader, and batches of them through the program: make fuzz SEED=7 COUNT=50000
fuzz: setup
	swift build --product claims
	swift build --product claims-fuzz
	.build/debug/claims-fuzz --count $(or $(COUNT),20000) $(if $(SEED),--seed $(SEED))

# Mutated PDFs and pictures, read as pages of paper forms: make fuzz-forms SEED=7 COUNT=10000
fuzz-forms: setup test-setup
	swift build --product page-trial
	swift build --product claims-image
	Tests/PageTrial/fuzz.py .build/debug/page-trial --count $(or $(COUNT),10000) $(if $(SEED),--seed $(SEED))

# Requests made from the OpenAPI document, against a running service.
fuzz-http: setup
	swift build --product claims
	Tests/Fuzz/http.sh $(or $(EXAMPLES),150)

# Inputs that libFuzzer finds by what they reach, for the tokenizer of X12 and the scanners of JSON.
libfuzzer: setup
	Tests/Fuzz/libfuzzer.sh $(or $(SECONDS),60)

# Real processes under every fault there is: make chaos SEED=7 CLAIMS=20000 KILLS=20
chaos: build test-setup
	Tests/Chaos/chaos.py .build/release/claims $(if $(SEED),--seed $(SEED)) $(if $(CLAIMS),--claims $(CLAIMS)) \
	  $(if $(KILLS),--kills $(KILLS)) $(if $(WORKERS),--workers $(WORKERS)) $(if $(RESTARTS),--restarts $(RESTARTS))

# The primary dies under load, its synchronous standby takes over: first by hand, then by Patroni, under eight faults. The
# second makes networks of its own, as root: make failover OPTIONS="--only freeze"
failover: build test-setup cluster-setup
	Tests/Chaos/failover.py .build/release/claims $(if $(SEED),--seed $(SEED)) $(if $(CLAIMS),--claims $(CLAIMS))
	$$(test $$(id -u) -eq 0 || echo sudo) Tests/Chaos/patroni.py .build/release/claims $(if $(SEED),--seed $(SEED)) $(OPTIONS)

# The store is restored to a point in the past under load, and is behind its bank: make restore OPTIONS="--by time"
restore: build test-setup
	Tests/Chaos/restore.py .build/release/claims $(if $(SEED),--seed $(SEED)) $(if $(CLAIMS),--claims $(CLAIMS)) $(OPTIONS)

# A program with an older schema hands over to this one under load, process by process: make upgrade OLD=claims-of-before
upgrade: build test-setup
	@test -n "$(OLD)" || { echo "make upgrade needs a program with an older schema: OLD=path"; exit 64; }
	Tests/Chaos/upgrade.py $(OLD) .build/release/claims $(if $(SEED),--seed $(SEED)) $(if $(CLAIMS),--claims $(CLAIMS)) \
	  $(OPTIONS)

setup: NEEDED = $(PACKAGES)
test-setup: NEEDED = $(TEST_PACKAGES)
count-setup: NEEDED = $(COUNT_PACKAGES)
cluster-setup: NEEDED = $(CLUSTER_PACKAGES)
setup test-setup count-setup cluster-setup:
	@NEEDED="$(NEEDED)" Deployment/build/setup.sh

clean:
	rm -rf .build
