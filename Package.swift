// swift-tools-version: 6.2
import PackageDescription

/// Every target is held to the same rules: Swift 6 mode, explicit imports, no warning left standing.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
// SQLite itself, as GRDB links it.
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let tracing = Target.Dependency.product(name: "Tracing", package: "swift-distributed-tracing")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let log = Target.Dependency.product(name: "Logging", package: "swift-log")

// Dependencies point up this list only: the domain knows nothing, the command line knows all.
let package = Package(
  name: "PaidOnce",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "claims", targets: ["claims"]),
    .executable(name: "claims-demo", targets: ["claims-demo"]),
    .executable(name: "claims-image", targets: ["claims-image"]),
    .library(name: "DurableExecution", targets: ["DurableExecution"]),
    .library(name: "DurableSQLite", targets: ["DurableSQLite", "DurableSQL"]),
    .library(name: "DurablePostgres", targets: ["DurablePostgres", "DurableSQL"]),
    .library(name: "DurableDriver", targets: ["DurableDriver", "DurableSQL"]),
    .library(name: "DurableTesting", targets: ["DurableTesting"]),
  ],
  traits: [
    .trait(name: "Redis", description: "A Redis cache before PostgreSQL. Leave it out with --disable-default-traits."),
    .default(enabledTraits: ["Redis"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
  ],
  targets: [
    // What every text of every input must be; a reader of bytes begins here.
    .target(name: "StrictText", swiftSettings: strict),
    .target(name: "ClaimsDomain", dependencies: ["StrictText"], swiftSettings: strict),
    // Who has said something: signed texts and the keys to verify them with.
    .target(name: "Signatures", dependencies: ["StrictText", crypto], swiftSettings: strict),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .target(
      name: "ClaimFormats",
      dependencies: [
        "ClaimsDomain", "StrictText", "CZlib", crypto,
        .product(name: "Mustache", package: "swift-mustache"),
        .product(name: "Yams", package: "Yams"),
      ],
      resources: [.embedInCode("EOB/eob.mustache"), .embedInCode("EOB/eob.css")],
      swiftSettings: strict
    ),
    // Paper forms: pages of untrusted bytes into words with their places, by tools in a sandbox.
    .target(
      name: "PageReading",
      dependencies: [
        "ClaimFormats", "claims-image",
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict
    ),
    // The one of those tools that is ours. Nothing is linked with it: it opens the library that tesseract brings.
    .executableTarget(
      name: "claims-image", linkerSettings: [.linkedLibrary("m"), .linkedLibrary("dl", .when(platforms: [.linux]))]),
    .target(name: "DurableExecution", dependencies: [crypto, metrics], swiftSettings: strict),
    // The rows of claims, what each agent may do with them, and their statements, over either store.
    .target(
      name: "ClaimStore",
      dependencies: [
        "ClaimsDomain", "DurableExecution", "DurableSQL", "DurableSQLite", "DurablePostgres", "PostgresDriver",
        "BankProtocol", "DurableMigrations", "ClaimMigrations", "Signatures", log, metrics,
      ],
      swiftSettings: strict
    ),
    .target(
      name: "ClaimPipeline",
      dependencies: ["ClaimsDomain", "DurableExecution", "BankProtocol", "ClaimStore", tracing],
      swiftSettings: strict),
    // What happens around a claim: files in and out, enrollment, remittances, what the bank's books say.
    .target(
      name: "ClaimOperations",
      dependencies: [
        "StrictText", "ClaimsDomain", "ClaimFormats", "DurableExecution", "BankProtocol", "ClaimStore", "ClaimPipeline",
        "Fixtures",
      ],
      swiftSettings: strict),
    // Every invariant, held against a store and its bank. No agent imports it.
    .target(
      name: "Verification",
      dependencies: [
        "ClaimsDomain", "DurableExecution", "BankProtocol", "ClaimStore", "ClaimPipeline", "ClaimOperations",
        "Signatures",
      ],
      swiftSettings: strict),
    .target(
      name: "Fixtures",
      path: "Fixtures",
      exclude: [
        "expected", "fhir", "forms", "claims/claim.json", "claims/claim.schema.json", "claims/claims.json",
        "claims/claims.ndjson",
        "claims/institutional.x12", "claims/odd-delimiters.x12", "claims/professional.x12",
        "claims/two-interchanges.x12", "eligibility", "enrollment", "rules-2027",
      ],
      resources: [
        .embedInCode("plans/PPO.yaml"), .embedInCode("plans/HMO.yaml"), .embedInCode("plans/HDHP.yaml"),
        .embedInCode("fees/standard.csv"), .embedInCode("members/members.csv"),
        .embedInCode("payer/payer.yaml"), .embedInCode("claims/demo.837"), .embedInCode("services/services.csv"),
        .embedInCode("start/first-plan.yaml"), .embedInCode("start/first-fees.csv"),
        .embedInCode("start/first-members.csv"), .embedInCode("start/first-services.csv"),
        .embedInCode("start/first-payer.yaml"), .embedInCode("start/first-claim.json"),
      ],
      swiftSettings: strict
    ),
    // A language model that is asked about pages, at an endpoint for chat completions.
    .target(
      name: "PageModels",
      dependencies: [
        "ClaimOperations", "DurableExecution",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
      ],
      swiftSettings: strict),
    // The runner's own tables and statements, once for both dialects.
    .target(name: "DurableSQL", dependencies: ["DurableExecution"], swiftSettings: strict),
    .target(
      name: "DurableMigrations", dependencies: ["DurableSQL"], path: "Migrations/Durable",
      resources: [
        .embedInCode("sqlite_durable_0001.sql"), .embedInCode("postgres_durable_0001.sql"),
        .embedInCode("sqlite_durable_0002.sql"), .embedInCode("postgres_durable_0002.sql"),
      ],
      swiftSettings: strict
    ),
    .target(
      name: "ClaimMigrations", dependencies: ["DurableSQL"], path: "Migrations/Claims",
      resources: [
        .embedInCode("sqlite_claims_0001.sql"), .embedInCode("postgres_claims_0001.sql"),
        .embedInCode("sqlite_claims_0002.sql"), .embedInCode("postgres_claims_0002.sql"),
        .embedInCode("sqlite_claims_0003.sql"), .embedInCode("postgres_claims_0003.sql"),
        .embedInCode("sqlite_claims_0004.sql"), .embedInCode("postgres_claims_0004.sql"),
        .embedInCode("sqlite_claims_0005.sql"), .embedInCode("postgres_claims_0005.sql"),
        .embedInCode("sqlite_claims_0006.sql"), .embedInCode("postgres_claims_0006.sql"),
        .embedInCode("sqlite_claims_0007.sql"), .embedInCode("postgres_claims_0007.sql"),
        .embedInCode("sqlite_claims_0008.sql"), .embedInCode("postgres_claims_0008.sql"),
        .embedInCode("sqlite_claims_0009.sql"), .embedInCode("postgres_claims_0009.sql"),
        .embedInCode("sqlite_claims_0010.sql"), .embedInCode("postgres_claims_0010.sql"),
        .embedInCode("sqlite_claims_0011.sql"), .embedInCode("postgres_claims_0011.sql"),
        .embedInCode("sqlite_claims_0012.sql"), .embedInCode("postgres_claims_0012.sql"),
        .embedInCode("sqlite_claims_0013.sql"), .embedInCode("postgres_claims_0013.sql"),
      ],
      swiftSettings: strict
    ),
    .systemLibrary(name: "CLibpq", pkgConfig: "libpq", providers: [.apt(["libpq-dev"]), .brew(["libpq"])]),
    .target(name: "PostgresDriver", dependencies: ["CLibpq"], swiftSettings: strict),
    .systemLibrary(name: "CHiredis", providers: [.apt(["libhiredis-dev"]), .brew(["hiredis"])]),
    .target(
      name: "DurableRedis",
      dependencies: [
        "DurableExecution", "DurableSQL", crypto, log,
        .target(name: "CHiredis", condition: .when(traits: ["Redis"])),
      ],
      swiftSettings: strict
    ),
    // What every SQLite file of ours is opened with when it is only read.
    .target(name: "SQLiteFile", dependencies: [grdb], swiftSettings: strict),
    .target(
      name: "DurableSQLite",
      dependencies: ["DurableExecution", "DurableSQL", "DurableMigrations", "SQLiteFile", grdb, sqlite, log],
      swiftSettings: strict),
    .target(
      name: "DurablePostgres",
      dependencies: ["DurableExecution", "DurableSQL", "DurableMigrations", "PostgresDriver", log],
      swiftSettings: strict),
    // The seam for a store of another kind: the runner over a driver of its user.
    .target(
      name: "DurableDriver", dependencies: ["DurableExecution", "DurableSQL", "DurableMigrations"],
      swiftSettings: strict),
    .target(name: "DurableTesting", dependencies: ["DurableExecution", "DurableSQL"], swiftSettings: strict),
    // The bank: its messages, our side of it, and a practice server with books of its own.
    .target(
      name: "BankProtocol",
      dependencies: [
        "ClaimsDomain", "DurableExecution", "Signatures", "StrictText",
        .product(name: "HTTPTypes", package: "swift-http-types"),
      ],
      swiftSettings: strict
    ),
    .target(
      name: "BankClient",
      dependencies: [
        "StrictText", "ClaimsDomain", "DurableExecution", "BankProtocol", "Signatures",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ],
      swiftSettings: strict
    ),
    // What this process does: spans, sent to a collector, and metrics, which Prometheus asks for.
    .target(
      name: "Telemetry",
      dependencies: [
        tracing, log, metrics, .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
      ],
      swiftSettings: strict),
    // What every server of ours holds a connection to.
    .target(
      name: "HTTPLimits",
      dependencies: [
        .product(name: "HTTPTypes", package: "swift-http-types"), .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
      ],
      swiftSettings: strict),
    .target(
      name: "BankSimulator",
      dependencies: [
        "ClaimsDomain", "DurableExecution", "BankProtocol", "HTTPLimits", "Signatures", "SQLiteFile", "StrictText",
        crypto, grdb, hummingbird, log, tracing,
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      resources: [
        .embedInCode("Migrations/bank_0001_ledger.sql"), .embedInCode("Migrations/bank_0002_corrections.sql"),
        .embedInCode("Migrations/bank_0003_issuers.sql"),
      ],
      swiftSettings: strict
    ),
    .target(
      name: "ClaimsApp",
      dependencies: [
        "StrictText", "ClaimsDomain", "ClaimFormats", "DurableExecution", "ClaimPipeline", "ClaimOperations",
        "PageModels", "PageReading", "Verification", "ClaimStore", "DurableSQL",
        "DurableSQLite",
        "PostgresDriver", "DurablePostgres", "DurableRedis", "BankProtocol", "BankClient", "BankSimulator", "Fixtures",
        "Signatures", "Telemetry", log, tracing,
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      swiftSettings: strict
    ),
    // Events outward, as signed messages to receivers.
    .target(
      name: "Webhooks",
      dependencies: [
        "StrictText", "ClaimsDomain", "ClaimFormats", "ClaimStore", "DurableExecution", crypto, log,
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      swiftSettings: strict
    ),
    // The service over HTTP. It calls the functions that the command line calls.
    .target(
      name: "ClaimsAPI",
      dependencies: [
        "StrictText", "ClaimsDomain", "ClaimFormats", "DurableExecution", "ClaimPipeline", "ClaimOperations",
        "ClaimStore", "ClaimsApp", "HTTPLimits", "Signatures", "Telemetry", "Webhooks", crypto, hummingbird, log,
        metrics, tracing,
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "HummingbirdTLS", package: "hummingbird"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      resources: [.embedInCode("openapi.json")],
      swiftSettings: strict
    ),
    // The API's operations as tools for AI agents.
    .target(
      name: "ClaimsMCP", dependencies: ["DurableExecution", "ClaimsAPI"], swiftSettings: strict),
    // The examiner's pages, served beside the API.
    .target(
      name: "ClaimsConsole",
      dependencies: [
        "StrictText", "ClaimsDomain", "ClaimFormats", "DurableExecution", "ClaimPipeline", "ClaimOperations",
        "ClaimStore", "ClaimsApp", "ClaimsAPI", "Fixtures", "BankProtocol", "Telemetry", crypto, hummingbird, log,
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Mustache", package: "swift-mustache"),
        .product(name: "NIOCore", package: "swift-nio"),
      ],
      resources: [
        .embedInCode("Templates/acts-more.mustache"), .embedInCode("Templates/acts-payer.mustache"),
        .embedInCode("Templates/acts.mustache"),
        .embedInCode("Templates/batch.mustache"), .embedInCode("Templates/batches.mustache"),
        .embedInCode("Templates/bulk.mustache"), .embedInCode("Templates/bulk-done.mustache"),
        .embedInCode("Templates/holds.mustache"), .embedInCode("Templates/holds-told.mustache"),
        .embedInCode("Templates/claim.mustache"), .embedInCode("Templates/claims-table.mustache"),
        .embedInCode("Templates/find.mustache"), .embedInCode("Templates/form.mustache"),
        .embedInCode("Templates/form-field.mustache"), .embedInCode("Templates/forms.mustache"),
        .embedInCode("Templates/key.mustache"),
        .embedInCode("Templates/keys.mustache"), .embedInCode("Templates/layout.mustache"),
        .embedInCode("Templates/member.mustache"), .embedInCode("Templates/problem.mustache"),
        .embedInCode("Templates/queue.mustache"), .embedInCode("Templates/remittances.mustache"),
        .embedInCode("Templates/seal.mustache"), .embedInCode("Templates/send.mustache"),
        .embedInCode("Templates/sent.mustache"), .embedInCode("Templates/sign-in.mustache"),
        .embedInCode("Templates/timeline.mustache"), .embedInCode("Templates/today.mustache"),
        .embedInCode("Templates/work.mustache"), .embedInCode("Look/console.css"), .embedInCode("Look/console.js"),
        .embedInCode("Look/icon.svg"),
      ],
      swiftSettings: strict
    ),
    .executableTarget(
      name: "claims",
      dependencies: [
        "ClaimsAPI", "ClaimsConsole", "ClaimsMCP", "Telemetry", "Webhooks", metrics, tracing,
        "StrictText", "ClaimsDomain", "ClaimFormats", "DurableExecution", "ClaimPipeline", "ClaimOperations",
        "Verification", "ClaimStore",
        "DurableSQL", "DurableSQLite",
        "BankProtocol", "BankClient", "BankSimulator", "ClaimsApp", "Fixtures", "Signatures", log,
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Configuration", package: "swift-configuration"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict
    ),
    // What does harm on purpose. Only the demonstrations and the tests depend on it: `claims` never does, nor does anything
    // that `claims` is made of. A test looks for it in the program.
    .target(
      name: "Sabotage",
      dependencies: [
        "DurableExecution", "ClaimPipeline", "ClaimOperations", "Verification", "ClaimStore", "DurableSQL",
        "DurableSQLite",
        "DurablePostgres", grdb,
      ],
      swiftSettings: strict
    ),
    // The same care by every road: 837, FHIR, forms, and what has to become of each.
    .target(name: "CareRoads", swiftSettings: strict),
    .executableTarget(
      name: "claims-demo",
      dependencies: [
        "CareRoads",
        "ClaimsDomain", "DurableExecution", "ClaimPipeline", "ClaimOperations", "Verification", "ClaimStore",
        "DurableSQL",
        "DurableSQLite",
        "BankProtocol", "BankClient", "BankSimulator", "ClaimsApp",
        "Fixtures",
        "Sabotage", grdb, log,
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict
    ),
    // Mutations of the fixtures for every reader; the program beside it takes batches of them to a payment.
    .executableTarget(
      name: "claims-fuzz",
      dependencies: [
        "ClaimsDomain", "ClaimFormats", "DurableExecution", "StrictText", "BankProtocol", "BankClient", "BankSimulator",
        "Fixtures",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Tests/Fuzz",
      exclude: ["http.sh", "libfuzzer.sh", "LibFuzzer"],
      swiftSettings: strict
    ),
    // Forms drawn by a script with their truth; the program beside it reads any file of forms and says what it made of it.
    .target(
      name: "FormTrials",
      dependencies: [
        "ClaimsDomain", "ClaimFormats",
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      path: "Tests/Forms/Trials", swiftSettings: strict),
    .executableTarget(
      name: "claims-forms", dependencies: ["ClaimsDomain", "ClaimFormats", "FormTrials", "PageReading"],
      path: "Tests/Forms/Command", swiftSettings: strict),
    // Files by the thousand through the reader of pages, for the trials in Tests/Forms.
    .executableTarget(
      name: "page-trial",
      dependencies: [
        "ClaimFormats", "PageReading", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Tests/PageTrial",
      exclude: ["fuzz.py", "hostile.py", "speed.py"],
      swiftSettings: strict
    ),
    .target(
      name: "TestSupport",
      dependencies: [
        "ClaimsDomain", "ClaimFormats", "DurableExecution", "ClaimPipeline", "ClaimOperations", "Verification",
        "ClaimStore",
        "DurableSQL",
        "DurableSQLite",
        "PostgresDriver",
        "DurablePostgres", "DurableRedis", "DurableTesting", "BankProtocol", "BankClient", "BankSimulator", "Sabotage",
        grdb, hummingbird, log,
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      path: "Tests/Support",
      exclude: [
        "fhirverdicts.py", "x12verdicts.py", "private-pgbouncer.sh", "private-postgres.sh", "private-redis.sh",
        "python-environment.sh",
      ],
      swiftSettings: strict
    ),
    .testTarget(name: "StrictTextTests", dependencies: ["StrictText"], swiftSettings: strict),
    .testTarget(
      name: "DurableExecutionTests",
      dependencies: [
        "DurableExecution", "DurableSQL", "DurableSQLite", "DurablePostgres", "DurableDriver", "DurableTesting",
        "DurableMigrations", "PostgresDriver", "TestSupport", grdb,
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ClaimPipelineTests",
      dependencies: [
        "ClaimsDomain", "ClaimFormats", "DurableExecution", "ClaimPipeline", "ClaimOperations", "Verification",
        "ClaimStore",
        "DurableSQL",
        "DurableSQLite",
        "DurableTesting", "BankProtocol", "BankClient", "BankSimulator", "PageModels", "Sabotage", "TestSupport",
      ],
      swiftSettings: strict
    ),
    .testTarget(name: "EOBTests", dependencies: ["ClaimsDomain", "ClaimFormats"], swiftSettings: strict),
    .testTarget(name: "OutputTests", dependencies: ["ClaimsDomain", "ClaimFormats"], swiftSettings: strict),
    .testTarget(
      name: "BankTests",
      dependencies: [
        "ClaimsDomain", "DurableExecution", "ClaimPipeline", "BankProtocol", "BankClient", "BankSimulator",
        "Signatures", "TestSupport", grdb, log, sqlite,
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "StoreTests",
      dependencies: [
        "ClaimsDomain", "DurableExecution", "ClaimPipeline", "ClaimOperations", "Verification", "ClaimStore",
        "DurableSQL",
        "DurableSQLite",
        "PostgresDriver",
        "DurablePostgres", "DurableRedis", "DurableTesting", "ClaimMigrations", "Signatures", "TestSupport", grdb, log,
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "PostgresDriverTests", dependencies: ["PostgresDriver", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "ClaimsDomainTests", dependencies: ["ClaimsDomain"], swiftSettings: strict),
    .testTarget(
      name: "PlanFileTests", dependencies: ["ClaimsDomain", "ClaimFormats", "Fixtures"], swiftSettings: strict),
    .testTarget(name: "ReferenceFileTests", dependencies: ["ClaimsDomain", "ClaimFormats"], swiftSettings: strict),
    .testTarget(
      name: "ClaimFormatsTests", dependencies: ["ClaimsDomain", "ClaimFormats", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "FormTests",
      dependencies: ["ClaimsDomain", "ClaimFormats", "DurableExecution", "FormTrials", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "RemittanceTests",
      dependencies: ["ClaimsDomain", "ClaimFormats", "Fixtures", "TestSupport"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "VerificationTests",
      dependencies: [
        "ClaimsDomain", "DurableExecution", "ClaimPipeline", "ClaimOperations", "Verification", "ClaimStore",
        "DurableSQL", "DurableTesting",
        "DurableSQLite",
        "BankProtocol", "BankClient", "BankSimulator", "Signatures", "TestSupport",
        grdb,
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "ClaimsAPITests",
      dependencies: [
        "ClaimsAPI", "ClaimsApp", "ClaimStore", "DurableExecution", "DurableSQLite", "TestSupport", hummingbird, log,
        .product(name: "HTTPTypes", package: "swift-http-types"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ClaimsConsoleTests", dependencies: ["ClaimsConsole", "ClaimsAPI", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "PageReadingTests",
      dependencies: [
        "ClaimFormats", "PageReading", "claims-image", "page-trial", "TestSupport",
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "PageModelTests",
      dependencies: [
        "PageModels", "ClaimOperations", "DurableExecution", "TestSupport",
        .product(name: "HTTPTypes", package: "swift-http-types"),
      ],
      swiftSettings: strict),
    .testTarget(name: "TelemetryTests", dependencies: ["Telemetry", log, metrics, tracing], swiftSettings: strict),
    .testTarget(
      name: "WebhooksTests",
      dependencies: [
        "ClaimsDomain", "ClaimStore", "DurableExecution", "DurableTesting", "TestSupport", "Webhooks", crypto, log,
      ],
      swiftSettings: strict),
    // The program itself, in processes of its own; the dependency has it built.
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "claims", "claims-demo", "claims-fuzz", "claims-image", "CareRoads", "ClaimsAPI", "ClaimsApp", "ClaimsDomain",
        "ClaimPipeline", "ClaimStore",
        "ClaimFormats",
        "BankProtocol", "BankClient", "BankSimulator", "PostgresDriver", "DurableSQL", "DurablePostgres",
        "Fixtures", "Signatures",
        "TestSupport", crypto,
        grdb, log,
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      exclude: ["Support/mcp_client.py", "Support/verify_receipt.py"],
      swiftSettings: strict
    ),
  ],
  swiftLanguageModes: [.v6]
)
