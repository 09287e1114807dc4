/// The body of `POST /payments/{tracking_id}/void`.
struct VoidDocument: Hashable, Sendable, Codable {
  var reason: String
}
