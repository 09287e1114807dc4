/// What a database is made of: the definition of each table, constraint, index, trigger and the like, by its kind and name.
package struct StoreShape: Hashable, Sendable {
  /// `index one_standing_payment`: `CREATE UNIQUE INDEX …`.
  package let parts: [String: String]

  package init(_ parts: [String: String]) {
    self.parts = parts
  }
}

/// A store beside one that this program has just made. What protects money is in the tables too, and whoever has the right
/// to change a database can take it away.
package struct ShapeComparison: Sendable {
  private let found: StoreShape
  private let made: StoreShape

  package init(_ found: StoreShape, asMade made: StoreShape) {
    self.found = found
    self.made = made
  }

  /// What differs, in the order of the names.
  package var differences: [(part: String, difference: Difference)] {
    Set(found.parts.keys).union(made.parts.keys).sorted().compactMap { name in
      switch (found.parts[name], made.parts[name]) {
      case (let found?, let made?): found == made ? nil : (name, .changed)
      case (nil, _): (name, .missing)
      case (_, nil): (Self.shown(name), .foreign)
      }
    }
  }

  package enum Difference: Sendable {
    case changed, missing
    /// None of this program's.
    case foreign
  }

  /// Somebody else has chosen it, and may have meant it for a terminal.
  private static func shown(_ name: String) -> String {
    String(name.unicodeScalars.map { $0.properties.generalCategory.isText ? Character($0) : "?" }.prefix(100))
  }
}

extension Unicode.GeneralCategory {
  fileprivate var isText: Bool {
    switch self {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
    default: true
    }
  }
}
