/// Why a Redis was not asked, or gave no answer.
package enum RedisError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The address cannot be used.
  case address(String)
  /// It is not there, it is too slow, or the connection broke.
  case away(String)
  /// It refused a command.
  case refused(String)
  /// The build has no Redis in it.
  case leftOut

  package var description: String {
    switch self {
    case .address(let why), .away(let why): why
    case .refused(let why): "it refused a command: \(why)"
    case .leftOut: "this program was built without Redis (package trait Redis)"
    }
  }
}
