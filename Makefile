# Thin: every target calls the Maven wrapper or a script, so each also works by hand.
export JAVA_HOME := $(shell scripts/java-home)
export MAVEN_OPTS := --sun-misc-unsafe-memory-access=allow
MVN := ./mvnw -B -ntp

.DEFAULT_GOAL := help
.PHONY: help demo test matrix build bundle site fmt crds image publish native bench startup chaos fuzz simulate e2e clean

help: ## this list
	@grep -hE '^[a-z0-9]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

demo: target/demo-built ## the whole system on this machine: 2,000 tasks, workers from 0 to N and back (DEMO_KILL=1 kills some)
	@scripts/setup broker
	@local/bin/jtask-local demo

# What local mode runs, without tests; again only when a source or a pom is newer.
target/demo-built: $(shell find . -path '*/src/main/*' -type f -not -path '*/target/*') $(wildcard pom.xml */pom.xml */*/pom.xml)
	@echo "building what the demo runs: a minute or two the first time"
	@scripts/setup broker
	@$(MVN) -q package -Paot -Dmaven.test.skip=true -pl local -am
	@mkdir -p target && touch $@

test: ## every test, against a real RabbitMQ; checks formatting and generated files
	@scripts/setup broker celery redis postgres registry
	$(MVN) -T 2 -Paot $(addprefix -Djava17.home=,$(shell scripts/java-home 17)) spotless:check verify

matrix: ## the guides' applications on the lowest to the newest Spring Boot, Quarkus and Java (examples/matrix/README.md)
	@scripts/setup broker java21
	@SPRING_BOOT="$(SPRING_BOOT)" QUARKUS="$(QUARKUS)" JAVA="$(JAVA)" scripts/matrix

build: ## everything except the tests
	@scripts/setup broker
	$(MVN) -q package -Paot -DskipTests

bundle: ## what Maven Central would get, built twice and judged by its rules: VERSION=0.1.0 GPG_KEY=… REPEAT=no (scripts/bundle)
	@VERSION="$(VERSION)" GPG_KEY="$(GPG_KEY)" REPEAT="$(REPEAT)" scripts/bundle

site: ## the guides as a web site with search, in target/site; a dead link fails (VERSION=0.1)
	@scripts/setup node
	@VERSION="$(VERSION)" scripts/site

fmt: ## format Java sources and poms
	$(MVN) -q spotless:apply

crds: ## regenerate the committed CRD YAML from the Java types
	$(MVN) -q test -pl crds -am -Dcrds.update=true
	@cp crds/*.yaml helm/jtask/files/crds/

BASE_TAR := $(CURDIR)/target/base-image.tar
image: ## container images as tar files, without Docker (BASE=local: offline, on this machine's JDK; BASE=image: on that)
	@scripts/setup broker
	$(if $(filter local,$(BASE)),scripts/base-image $(BASE_TAR))
	$(MVN) -q package -Pimage -DskipTests -pl operator,worker-runtime/app,examples/quickstart -am \
	  $(if $(BASE),-Dimage.base=$(if $(filter local,$(BASE)),tar://$(BASE_TAR),$(BASE)))
	@scripts/image-sbom operator/target/*.tar worker-runtime/app/target/*.tar examples/quickstart/target/*.tar
	@ls -l operator/target/*.tar worker-runtime/app/target/*.tar examples/quickstart/target/*.tar

publish: ## images and chart to a registry: REGISTRY=ghcr.io/acme VERSION=0.1.0 (scripts/publish)
	@scripts/setup registry
	@REGISTRY="$(REGISTRY)" VERSION="$(VERSION)" PLAIN_HTTP="$(PLAIN_HTTP)" scripts/publish

native: ## the operator as one native executable (GRAALVM_HOME, or CONTAINER=1 where docker or podman runs)
	@[ -n "$$GRAALVM_HOME$(CONTAINER)" ] || { echo "native: set GRAALVM_HOME to a GraalVM for JDK 25 (native-image is in its bin), or CONTAINER=1 to build in a container" >&2; exit 1; }
	$(MVN) -q package -Dnative -DskipTests -pl operator -am $(if $(CONTAINER),-Dquarkus.native.container-build=true)
	@ls -l operator/target/*-runner

ROUNDS := 3
MESSAGES := 200000
bench: ## jtask beside Celery and PerfTest in one run, into docs/benchmarks.md: half an hour (ROUNDS=3 MESSAGES=200000)
	@scripts/setup broker celery redis
	$(MVN) -q package -Paot -Dmaven.test.skip=true -pl benchmarks,worker-runtime/app -am
	@JTASK_BENCH_WRITE=docs benchmarks/bin/bench $(ROUNDS) $(MESSAGES)

startup: ## from a worker's process start to its first task's result, with and without the AOT cache
	@scripts/setup broker celery
	$(MVN) -q package -Paot -Dmaven.test.skip=true -pl benchmarks,worker-runtime/app -am
	@benchmarks/bin/bench 7 1 "Start of a worker"

chaos: ## tasks under faults: TASKS=5000 KILLS=10 RESTARTS=3 SEED=1 QUEUES=classic|quorum|both RABBITMQ=4 (or its folder)
	@scripts/setup broker redis
	@$(MVN) -q package -Dmaven.test.skip=true -pl benchmarks,worker-runtime/app -am
	@TASKS=$(TASKS) KILLS=$(KILLS) RESTARTS=$(RESTARTS) SEED=$(SEED) QUEUES=$(QUEUES) RABBITMQ=$(RABBITMQ) benchmarks/bin/chaos

fuzz: MESSAGES := 100000
fuzz: ## what is malformed in every way, to worker, control, probes and operator: MESSAGES=100000 SEED=1 RABBITMQ=4 (or its folder)
	@scripts/setup broker
	@$(MVN) -q package -Dmaven.test.skip=true -pl benchmarks,worker-runtime/app -am
	@MESSAGES=$(MESSAGES) SEED=$(SEED) RABBITMQ=$(RABBITMQ) benchmarks/bin/fuzz
	$(MVN) test -pl worker-runtime/app,worker-runtime/integration-tests,operator -am -Dsurefire.failIfNoSpecifiedTests=false -Dtest='ControlFuzzIT,HttpFuzzTest,AnswersFuzzTest' \
	  -Dfuzz.control=100000 -Dfuzz.http=10000 -Dfuzz.answers=10000

simulate: ## scaling in simulated time beside KEDA: TRACES=folder SEED=1, or RECORD=history.csv with SECONDS, SLOTS, MAX … (docs/scaling.md)
	$(MVN) -q compile -pl simulator -am
	@simulator/bin/simulate

E2E := *E2E
e2e: ## helm, kubectl and the client on a real cluster: KUBECONFIG, JTASK_E2E_HOST (E2E=BurstE2E; more in e2e's package-info)
	@[ -n "$$KUBECONFIG" ] || { echo "e2e: set KUBECONFIG to a cluster that has the images of 'make image'" >&2; exit 1; }
	@[ -n "$$JTASK_E2E_HOST" ] || { echo "e2e: set JTASK_E2E_HOST to this machine's address as pods see it" >&2; exit 1; }
	@[ -n "$$JTASK_E2E_API_SERVER" ] || echo "e2e: JTASK_E2E_API_SERVER is not set (the API server's process id here): tests that stop it are skipped"
	@[ -n "$$JTASK_E2E_NODE" ] || echo "e2e: JTASK_E2E_NODE is not 'true' (this machine is the node): tests that stop processes of pods are skipped"
	@scripts/setup broker
	$(MVN) test -pl e2e -am -De2e.skip=false -Dtest='$(E2E)' -Dsurefire.failIfNoSpecifiedTests=false

clean: ## remove everything that was built
	$(MVN) -q clean
