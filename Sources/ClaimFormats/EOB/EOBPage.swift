import Foundation
import Mustache

/// Sets the letter as one HTML file: style inside, no script, nothing fetched, so it can be mailed, kept and printed.
/// It is also well-formed XML, which is how the tests hold it to having no tag out of place.
package struct EOBPage: Sendable {
  private let template: MustacheTemplate
  private let library: MustacheLibrary

  /// - Throws: the parser's error when the template that was built in is broken; no claim can cause that.
  package init() throws {
    MustacheContentTypes.register(XHTMLText(), named: "XHTML")
    template = try MustacheTemplate(string: String(decoding: PackageResources.eob_mustache, as: UTF8.self))
    let style = try MustacheTemplate(string: String(decoding: PackageResources.eob_css, as: UTF8.self))
    library = MustacheLibrary(templates: ["style": style])
  }

  package func html(_ letter: EOBLetter) -> String {
    template.render(letter, library: library)
  }
}
