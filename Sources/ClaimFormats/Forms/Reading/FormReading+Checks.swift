internal import ClaimsDomain

extension FormReading {
  /// Finds what only the boxes together show: boxes that say nothing and must, sums that are not right, boxes that
  /// contradict each other. What was found before is found anew.
  ///
  /// - Parameter place: Where a box is on the form's pages.
  mutating func check(place: (_ box: FormBox, _ service: Int) -> (page: Int, box: PageBox)) {
    let derived: Set<FieldDoubt> = [.missing, .total, .contradicted]
    for index in fields.indices { fields[index].doubts.removeAll { derived.contains($0) } }
    fields.removeAll { $0.text.isEmpty && $0.value == nil && $0.doubts.isEmpty }
    noteMissing(place)
    noteTotals()
    for field in contradictions { note(.contradicted, field) }
    let layout = FormLayout.of(kind)
    fields = fields.map { (field: $0, place: layout.position(of: $0.field)) }
      .sorted {
        ($0.place.block, $0.place.service, $0.place.box, $0.field.page)
          < ($1.place.block, $1.place.service, $1.place.box, $1.field.page)
      }
      .map(\.field)
  }

  private mutating func note(_ doubt: FieldDoubt, _ field: String) {
    guard let index = fields.firstIndex(where: { $0.field == field }), !fields[index].doubts.contains(doubt) else {
      return
    }
    fields[index].doubts.append(doubt)
  }

  private mutating func noteMissing(_ place: (FormBox, Int) -> (page: Int, box: PageBox)) {
    let services = services.isEmpty ? [1] : services
    var readings = readings
    for box in FormLayout.of(kind).boxes where box.isRequired && (box.row ?? 1) == 1 {
      for service in box.row == nil ? [0] : services {
        let name = box.field(service: service)
        if let field = readings[name] {
          if field.value == nil, field.doubts.isEmpty { note(.missing, name) }
          continue
        }
        let (page, area) = place(box, service)
        let empty = FieldReading(empty: name, page: page, box: area, doubts: [.missing])
        readings[name] = empty
        fields.append(empty)
      }
    }
  }

  /// The charges of all pages must come to the total. A form whose amounts are not all read has no sum to compare.
  private mutating func noteTotals() {
    let readings = readings
    let pairs =
      kind == .cms1500
      ? [(line: "24F", total: "28")] : [(line: "FL47", total: "FL47.total"), (line: "FL48", total: "FL48.total")]
    for (line, total) in pairs {
      guard let stated = readings[total]?.value.flatMap({ try? Money(parsing: $0) }) else { continue }
      let fields = services.compactMap { readings["\(line).\($0)"] }
      guard fields.allSatisfy({ $0.value != nil }) else { continue }
      let sum = try? fields.compactMap { $0.value.flatMap { try? Money(parsing: $0) } }.total()
      if sum != stated { note(.total, total) }
    }
  }
}
