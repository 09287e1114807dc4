import Crypto
import DurableExecution
import Foundation

/// Hides the content of a cache: names do not reveal their keys, and only the stores themselves can read or create
/// responses. Without the secret, which is in the store, the cache contains noise.
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

  /// Returns the name of a key in the cache.
  func name(of key: KeyText) -> [UInt8] {
    let code = HMAC<SHA256>.authenticationCode(for: Data(key.text.utf8), using: nameSecret)
    return "paidonce:\(Data(code).base64EncodedString())".bytes
  }

  /// Seals bytes under a name. They cannot be opened under any other name.
  func seal(_ bytes: [UInt8], as name: [UInt8]) -> [UInt8]? {
    let box = try? AES.GCM.seal(bytes, using: contentSecret, authenticating: name)
    return box?.combined.map(Array.init)
  }

  /// Opens sealed bytes; nil for anything that this seal has not created under this name.
  func open(_ sealed: [UInt8], as name: [UInt8]) -> [UInt8]? {
    guard let box = try? AES.GCM.SealedBox(combined: sealed) else { return nil }
    return (try? AES.GCM.open(box, using: contentSecret, authenticating: name)).map(Array.init)
  }
}

extension String {
  var bytes: [UInt8] { Array(utf8) }
}
