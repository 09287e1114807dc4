import ArgumentParser

/// An address that may hold a password. The parser of the command line prints a value that it cannot read, so this one
/// takes every value, and says in words of its own what is wrong with it.
struct SecretAddress<Location: Sendable>: Sendable {
  /// Nil where the address cannot be read.
  let location: Location?
  private let refusal: String?

  init(_ location: Location) {
    self.location = location
    refusal = nil
  }

  init(_ text: String, parse: (String) throws -> Location) {
    do {
      location = try parse(text)
      refusal = nil
    } catch {
      location = nil
      refusal = "\(error)"
    }
  }

  /// - Throws: `ValidationError`.
  func validate() throws {
    if let refusal { throw ValidationError(refusal) }
  }
}
