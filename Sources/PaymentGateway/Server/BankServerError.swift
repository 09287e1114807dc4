/// Why the bank's server does not run.
package enum BankServerError: Error, Hashable, CustomStringConvertible {
  case cannotListen(host: String, port: Int, reason: String)

  /// One line for people, with what to do.
  package var description: String {
    switch self {
    case .cannotListen(let host, let port, let reason):
      "the bank cannot listen on \(host):\(port): \(reason); choose another address, or port 0 for any free one"
    }
  }
}
