/// Whether who gave the care has a contract with the plan's network on the day.
package enum NetworkStatus: String, Sendable, Codable, CaseIterable {
  case inNetwork = "in-network"
  case outOfNetwork = "out-of-network"
}
