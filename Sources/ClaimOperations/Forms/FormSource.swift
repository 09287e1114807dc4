package import ClaimFormats
package import ClaimStore
import DurableExecution

/// Finds the paper forms in a file, and cuts parts out of their pages. The work is done outside this process, since
/// a picture or a PDF is untrusted.
package protocol FormSource: Sendable {
  /// Returns the forms of a file, in order, and a fault for each page that cannot be read or is no form.
  ///
  /// - Throws: `FileFault` for a file without forms, and on a machine that cannot read them.
  func forms(in bytes: [UInt8]) async throws(FileFault) -> FoundForms

  /// Returns a part of a page as PNG.
  ///
  /// - Throws: `FileFault` where it cannot be cut out.
  func crop(_ box: PageBox, of page: FormPageImage) async throws(FileFault) -> [UInt8]
}

/// What a file of paper forms has.
package struct FoundForms: Sendable {
  package let forms: [FoundForm]
  /// What is to be said of pages that are not among the forms.
  package let faults: [FileFault]

  package init(_ forms: [FoundForm], faults: [FileFault] = []) {
    (self.forms, self.faults) = (forms, faults)
  }
}

/// A form as it was found: its fields, and the images of its pages.
package struct FoundForm: Sendable {
  package let reading: FormReading
  package let pages: [FormPageImage]

  package init(reading: FormReading, pages: [FormPageImage]) {
    self.reading = reading
    self.pages = pages
  }

  /// SHA-256 of the page's image, or of the digests of several, as 64 hex digits.
  package var digest: String { Self.digest(of: pages) }

  package static func digest(of pages: [FormPageImage]) -> String {
    let digests = pages.map { ContentDigest.sha256($0.image) }
    return digests.count == 1 ? digests[0] : ContentDigest.sha256(digests.joined(separator: "\n").utf8)
  }
}
