/// What is wrong with the URL of a bank that somebody typed.
package enum BankURLError: Error, Hashable, CustomStringConvertible {
  case malformed
  case hasMoreThanAddress

  package var description: String {
    switch self {
    case .malformed: "the bank's URL must look like http://127.0.0.1:8090 or https://bank.example"
    case .hasMoreThanAddress: "the bank's URL must have no user, password, query or fragment"
    }
  }
}
