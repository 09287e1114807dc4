extension FormReading {
  /// What the boxes say, by name. A box in doubt says nothing yet.
  var values: [String: String] {
    fields.reduce(into: [:]) { values, field in values[field.field] = field.doubts.isEmpty ? field.value : nil }
  }

  /// The boxes as they were read, by name, also those in doubt.
  var readings: [String: FieldReading] {
    Dictionary(fields.map { ($0.field, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The numbers of the services on the form, in order: of all rows that have a part of a service. A row with nothing but a
  /// description or a note belongs to the service above it.
  var services: [Int] {
    let parts: Set =
      kind == .cms1500
      ? ["24A", "24B", "24D", "24E", "24F", "24G", "24J"] : ["FL42", "FL44", "FL45", "FL46", "FL47", "FL48"]
    let numbers = fields.compactMap { field -> Int? in
      let words = field.field.split(separator: ".")
      guard words.count >= 2, parts.contains(String(words[0])), field.saysSomething else { return nil }
      return Int(words[1])
    }
    return Set(numbers).sorted()
  }
}

extension FieldReading {
  /// Whether the box has text that counts. A neighbor's word that may reach into an empty box is none.
  var saysSomething: Bool {
    value != nil || doubts.contains { $0 != .missing && ($0 != .straddling || !text.isEmpty) }
  }

  /// A box that says nothing, where it is on its page.
  init(empty field: String, page: Int, box: PageBox, doubts: [FieldDoubt] = []) {
    self.init(field: field, page: page, box: box, text: "", value: nil, confidence: nil, doubts: doubts)
  }
}
