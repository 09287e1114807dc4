// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "Steps",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "PaidOnce", path: "../..")],
  targets: [
    .executableTarget(
      name: "Steps",
      dependencies: [
        .product(name: "DurableExecution", package: "PaidOnce"), .product(name: "DurablePostgres", package: "PaidOnce"),
        .product(name: "DurableSQLite", package: "PaidOnce"),
      ])
  ]
)
