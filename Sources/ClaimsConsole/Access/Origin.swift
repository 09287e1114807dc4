import ClaimsAPI
import HTTPTypes
import Hummingbird

/// Whether a form was sent by a page of ours.
enum Origin {
  /// - Throws: `APIProblem.refused` if the browser says that a page of another site has sent the request.
  static func check(_ request: Request) throws(APIProblem) {
    if let name = HTTPField.Name("Sec-Fetch-Site"), let site = request.headers[name],
      site != "same-origin", site != "none"
    {
      throw .refused("the form was sent by another site")
    }
    guard let origin = request.headers[.origin] else { return }
    guard let host = request.head.authority, origin == "http://\(host)" || origin == "https://\(host)" else {
      throw .refused("the form was sent by another site")
    }
  }
}
