/// How the fee of a global package is divided: the care before the operation, the operation, the care after it. Nothing
/// where the file has no percentages for the code.
package struct GlobalPackage: Hashable, Sendable {
  package var before = PackageShare.zero
  package var operation = PackageShare.zero
  package var after = PackageShare.zero

  package init() {}

  var total: Int64 { before.scaled + operation.scaled + after.scaled }
}
