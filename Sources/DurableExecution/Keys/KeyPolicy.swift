/// What an activity's work is recorded and sent under.
///
/// `perCall` is what most retry code does: a fresh id for every try, so that no repeat is ever recognised. It is here
/// to show and to test what the keys prevent; nothing that moves real money uses it.
public enum KeyPolicy: Sendable {
  /// One key per business effect.
  case perEffect
  /// A fresh key per call; `nonce` makes it so.
  case perCall(nonce: @Sendable () -> String)

  var recognisesRepeats: Bool {
    switch self {
    case .perEffect: true
    case .perCall: false
    }
  }

  func recordKey(for key: KeyText) -> KeyText {
    switch self {
    case .perEffect: key
    case .perCall(let nonce): KeyText("\(key.text)~\(nonce())")
    }
  }
}
