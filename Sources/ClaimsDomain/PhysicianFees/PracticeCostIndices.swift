/// The GPCIs of a year, by locality.
package struct PracticeCostIndices: Hashable, Sendable {
  package let byLocality: [MedicareLocality: GeographicPracticeCostIndex]

  package init(byLocality: [MedicareLocality: GeographicPracticeCostIndex]) {
    self.byLocality = byLocality
  }

  package subscript(locality: MedicareLocality) -> GeographicPracticeCostIndex? { byLocality[locality] }
}
