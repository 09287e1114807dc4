// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "Shop",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "PaidOnce", path: "../..")],
  targets: [
    .executableTarget(
      name: "Shop",
      dependencies: [
        .product(name: "DurableExecution", package: "PaidOnce"), .product(name: "DurableSQLite", package: "PaidOnce"),
      ])
  ]
)
