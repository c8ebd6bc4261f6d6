# What people and CI do with this package. On a fresh machine: docker/with-deps make TARGET.

PREFIX ?= /usr/local
DESTDIR ?=
VERSION := $(shell sed -n 's/.*current = "\(.*\)"/\1/p' Sources/bertd/Version.swift)
# One build for use and for tests: tests look into the rooms.
SWIFT_FLAGS = -c release -Xswiftc -enable-testing --explicit-target-dependency-import-check error
PROGRAMS = .build/release
TEST = swift test -c release --skip-build --disable-xctest

# Both make OpenBLAS run as on another CPU, or slower.
unexport OPENBLAS_CORETYPE OPENBLAS_L2_SIZE

.PHONY: build demo test test-all build-tests protos check-protos format check-format install dist clean

build: ## both programs, in .build/release
	swift build $(SWIFT_FLAGS)

demo: build ## real sentences through a service of its own
	docker/demo $(PROGRAMS)

build-tests:
	swift build $(SWIFT_FLAGS) --build-tests

test: build-tests ## the quick suites
	$(TEST)

test-all: build-tests ## the long suites: whole corpora, a million mutated frames, processes killed
	docker/test-all

protos: ## Sources/CMessages from Protos
	docker/generate-protos Sources/CMessages

check-protos: ## whether Sources/CMessages is what Protos says, and whether stock protoc takes Protos
	docker/check-protos

format:
	swift format --in-place --recursive Package.swift Sources Tests

check-format:
	swift format lint --strict --recursive Package.swift Sources Tests

install: build ## PREFIX=/usr/local
	docker/install $(PROGRAMS) $(DESTDIR)$(PREFIX) $(PREFIX)

dist: ## dist/bertd-VERSION-MACHINE.tar.gz, for machines without Swift and without the libraries
	docker/make-dist $(VERSION)

clean:
	rm -rf .build .build-dist dist
