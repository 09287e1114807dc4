/// What is wrong with a fault plan that somebody typed.
package enum FaultPlanError: Error, Hashable, CustomStringConvertible {
  case noOperation(String)
  case unknownFault(String)
  case unknownOperation(String)
  case badFrequency(String)
  case badSeed(String)

  package var description: String {
    switch self {
    case .noOperation(let text): "fault '\(text)' names no operation; write it like lose-reply:commit:0.5"
    case .unknownFault(let text):
      """
      '\(text)' is not a fault; use delay=200ms, error503, error503-after, drop, lose-reply, hang, hang-after or other-reply
      """
    case .unknownOperation(let text): "'\(text)' is not an operation; use prepare, commit, standing, void or any"
    case .badFrequency(let text): "'\(text)' is not how often; write a share from 0 to 1, or count=3"
    case .badSeed(let text): "'\(text)' is not a seed; write a whole number, like seed=42"
    }
  }
}
