package import ClaimsDomain

extension FormReading {
  /// Returns the form with a person's value in one field, held to the same grammar as a value that was read, and with
  /// the sums checked again. An empty text says that the box is empty. A field that the form does not have is left out.
  ///
  /// A person's value is not faint, does not lie across an edge, and is not looked up in tables; the decision does that. A
  /// provider number whose check digit is wrong stays in doubt: the form goes back to its sender.
  package func correcting(_ field: String, to text: String) -> FormReading {
    let layout = FormLayout.of(kind)
    guard let (box, service) = layout.box(of: field) else { return self }
    var reading = self
    let text = text.trimmingBlanks
    let outcome = text.isEmpty ? FieldGrammar.Outcome() : box.outcome(ofPersons: text)
    let doubts = outcome.doubt.map { [$0] } ?? []
    if let index = reading.fields.firstIndex(where: { $0.field == field }) {
      reading.fields[index].value = outcome.value
      reading.fields[index].correction = nil
      reading.fields[index].doubts = doubts
    } else {
      let (page, area) = place(box, service)
      var added = FieldReading(empty: field, page: page, box: area, doubts: doubts)
      added.value = outcome.value
      reading.fields.append(added)
    }
    reading.check(place: place)
    return reading
  }

  /// Where a box is designed to be, for boxes in which nothing was found.
  private func place(_ box: FormBox, _ service: Int) -> (page: Int, box: PageBox) {
    let layout = FormLayout.of(kind)
    let index = min(pages.count - 1, max(0, service - 1) / layout.rows)
    return (pages[max(0, index)], layout.grid.box(line: box.line, columns: box.columns))
  }

  /// Returns the form as one claim of a file: the claim when no field is in doubt, otherwise the reason why not.
  ///
  /// - Parameters:
  ///   - digest: SHA-256 of the bytes of the form's pages, as 64 hex digits.
  ///   - location: Where the form begins in its file.
  package func item(digest: String, at location: SourceLocation) -> IntakeItem {
    do throws(FormProblem) {
      return .claim(try claim(digest: digest), at: location)
    } catch {
      let values = values
      var place = location
      place.element = error.field
      return .rejected(
        ClaimRejection(
          claimNumber: values[kind == .cms1500 ? "26" : "FL3a"].map { ClaimNumber($0) }, payerID: payer(values)?.id,
          charge: values[kind == .cms1500 ? "28" : "FL47.total"].flatMap { try? Money(parsing: $0) }, location: place,
          reason: error.reason))
    }
  }

  private func claim(digest: String) throws(FormProblem) -> SubmittedClaim {
    let doubtful = doubtful
    if let first = doubtful.first, let doubt = first.doubts.first {
      let others = doubtful.count == 1 ? "" : ", and \(doubtful.count - 1) more are in doubt"
      throw FormProblem(field: first.field, reason: "box \(first.field) \(doubt.reason)\(others)")
    }
    let form = FormValues(self)
    return kind == .cms1500 ? try form.professionalClaim(digest: digest) : try form.institutionalClaim(digest: digest)
  }

  private func payer(_ values: [String: String]) -> Payer? {
    let name = values[kind == .cms1500 ? "carrier.1" : "FL50A"]
    return name.map { Payer(id: PayerID(kind == .cms1500 ? $0 : values["FL51A"] ?? $0), name: $0) }
  }
}

extension FormBox {
  func outcome(ofPersons text: String) -> FieldGrammar.Outcome {
    guard grammar == .mark else { return grammar.outcome(of: text) }
    let marks = FormLayout.cms1500.boxes.filter { $0.name == name }.compactMap(\.mark)
    return marks.first { $0 == text.uppercased() }.map { FieldGrammar.Outcome(value: $0) } ?? .malformed
  }
}

extension FieldDoubt {
  /// Completes the sentence "box 24F.2 …". Carries nothing that the box says.
  package var reason: String {
    switch self {
    case .faint: "is too faint to be taken without a person"
    case .malformed: "does not say what it may hold"
    case .checkDigit: "has a provider number whose check digit is wrong"
    case .total: "is not the sum of the charges"
    case .unknownCode: "has a code that is in no table in force"
    case .missing: "says nothing and must"
    case .straddling: "has words that may belong to the box beside it"
    case .contradicted: "says something else than another box or page"
    }
  }
}
