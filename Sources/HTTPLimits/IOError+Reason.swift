import Foundation
package import NIOCore

extension IOError {
  /// The reason in the system's words: "Address already in use".
  package var systemReason: String { String(cString: strerror(errnoCode)) }
}
