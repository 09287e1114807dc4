import Crypto
import DurableExecution
import Foundation

/// What the cache gets to see: names that tell nothing of their keys, and responses only their own stores can read or
/// make. Without the secret, which is in the store, it holds noise.
struct CacheSeal: Sendable {
  private let nameSecret: SymmetricKey
  private let contentSecret: SymmetricKey

  init(secret: [UInt8]) {
    let root = SymmetricKey(data: secret)
    func derived(_ purpose: String) -> SymmetricKey {
      HKDF<SHA256>.deriveKey(inputKeyMaterial: root, info: Data(purpose.utf8), outputByteCount: 32)
    }
    nameSecret = derived("names")
    contentSecret = derived("content")
  }

  /// The name a key goes by in the cache.
  func name(of key: KeyText) -> [UInt8] {
    let code = HMAC<SHA256>.authenticationCode(for: Data(key.text.utf8), using: nameSecret)
    return "paidonce:\(Data(code).base64EncodedString())".bytes
  }

  /// Bound to the name: what is found under another name does not open.
  func seal(_ bytes: [UInt8], as name: [UInt8]) -> [UInt8]? {
    let box = try? AES.GCM.seal(bytes, using: contentSecret, authenticating: name)
    return box?.combined.map(Array.init)
  }

  /// Nil for anything this seal has not made under this name.
  func open(_ sealed: [UInt8], as name: [UInt8]) -> [UInt8]? {
    guard let box = try? AES.GCM.SealedBox(combined: sealed) else { return nil }
    return (try? AES.GCM.open(box, using: contentSecret, authenticating: name)).map(Array.init)
  }
}

extension String {
  var bytes: [UInt8] { Array(utf8) }
}
