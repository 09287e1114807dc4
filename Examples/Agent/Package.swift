// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "Agent",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "PaidOnce", path: "../.."),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
  ],
  targets: [
    .executableTarget(
      name: "Agent",
      dependencies: [
        .product(name: "DurableExecution", package: "PaidOnce"), .product(name: "DurableSQLite", package: "PaidOnce"),
      ]),
    // Uses nothing of the library: its keys are kept by a service, over plain HTTP.
    .executableTarget(name: "HTTPAgent", dependencies: [.product(name: "Crypto", package: "swift-crypto")]),
  ]
)
