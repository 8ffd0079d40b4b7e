# Targets carry their comment on the same line; `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help run build release test check bench bench-engine bench-plan sim fuzz golden charts screens compare access clean

ADDR ?= 127.0.0.1:8080
GO   ?= go

help: # list the targets
	@sed -n 's/^\([a-z-]*\):[^#]*# \(.*\)/\1|\2/p' Makefile | awk -F'|' '{ printf "  make %-13s %s\n", $$1, $$2 }'

run: build # serve a fictional team on http://127.0.0.1:8080 (ADDR=… for another address)
	bin/sillon demo -addr $(ADDR)

build: # compile the site and the server into bin/sillon
	$(GO) run ./web/build
	CGO_ENABLED=0 $(GO) build -o bin/sillon ./server

release: # the same for deployment: smallest download, stripped binary
	$(GO) run ./web/build -release
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags "-s -w" -o bin/sillon ./server

test: # everything that must hold before a change lands: about 20 minutes on 2 cores
	@bash .ci/test

check: # the part of it for every save: format, vet, staticcheck, native tests
	@bash .ci/test check

bench: bench-engine # speed of the engine, of the screens in Chromium, and sizes
	$(GO) test ./server/e2e -run TestBudgets -v -budgets -timeout 20m
	$(GO) run ./web/build -sizes

bench-engine: # the engine against published results, then its benchmarks (BENCH=folder, BENCHTIME=0: bars alone)
	@bash .ci/bench-engine

bench-plan: # the planner against published instances (BENCH=folder, BUDGET=seconds, SEED=, MACHINE=native|wasm|both, ONLY="C2|D1")
	@bash .ci/bench-plan

sim: # 20,000 seeds of devices, hub, lost networks and full disks
	$(GO) test ./server/simulate -sim.seeds=20000 -timeout 60m

fuzz: # every fuzz test for 30 seconds (FUZZTIME=5m for more)
	@bash .ci/fuzz $(FUZZTIME)

golden: # rewrite the golden files; look at them before committing
	$(GO) test $$(bash .ci/packages golden) -update

charts: # one page with every chart in both themes: bin/charts.html
	$(GO) run ./web/gallery

screens: # take the pictures of docs/screens again
	$(GO) test ./server/e2e -run TestScreens -screens -timeout 20m

MOCKUPS ?= ../shared/design/mockups/png

access: # every screen to axe-core, by keys, at 320 px, with text at 200 %: both languages, all themes
	$(GO) test ./server/e2e -run TestAccess -access -count=1 -timeout 30m

compare: # the screens beside their mockups in docs/screens (MOCKUPS=folder; skipped without them)
	$(GO) test ./server/e2e -run TestCompare -compare -mockups "$(MOCKUPS)" -timeout 20m -v

clean: # remove what the targets above made, but not data/
	rm -rf bin && find web/gen -type f ! -name .keep -delete
