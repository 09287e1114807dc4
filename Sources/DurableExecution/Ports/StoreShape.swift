/// The structure of a database: the definition of each table, constraint, index, trigger and the like, by kind and
/// name.
package struct StoreShape: Hashable, Sendable {
  /// The definition of each part, under its kind and name. `index one_standing_payment`: `CREATE UNIQUE INDEX …`.
  package let parts: [String: String]

  package init(_ parts: [String: String]) {
    self.parts = parts
  }
}

/// A comparison of a store's structure with that of a store this program has just created. The tables help protect the
/// money, and anyone with the right to alter the database can remove that protection.
package struct ShapeComparison: Sendable {
  private let found: StoreShape
  private let made: StoreShape

  package init(_ found: StoreShape, asMade made: StoreShape) {
    self.found = found
    self.made = made
  }

  /// The differences, sorted by name.
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
    /// The part is not one of this program's.
    case foreign
  }

  /// Replaces characters that could affect a terminal, since anyone may have chosen the name, and limits its length.
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
