/// The person or program that a bearer token identifies, with its roles.
package struct Caller: Hashable, Sendable {
  /// The name on record for everything that the caller does. Idempotency keys belong to this name.
  package let name: String
  package let roles: Set<Role>

  package init(name: String, roles: Set<Role>) {
    self.name = name
    self.roles = roles
  }

  package func may(_ permission: Permission) -> Bool { roles.contains { $0.permissions.contains(permission) } }
}

/// What a token's holder is to the payer.
package enum Role: String, CaseIterable, Sendable {
  /// Sends claims.
  case submitter
  /// Reads claims, and decides those that wait for a person.
  case examiner
  /// Looks after the queue and the keys.
  case `operator`
  /// Reads everything and changes nothing.
  case auditor
  /// A program that uses the service's keys and locks for effects of its own.
  case agent

  /// Submitters do not read claims: a claim that was sent is answered, and other submitters' claims concern other people.
  fileprivate var permissions: Set<Permission> {
    switch self {
    case .submitter: [.submit, .follow]
    case .examiner: [.read, .decide, .follow]
    case .operator: [.operate, .watch, .follow]
    case .auditor: [.read, .watch, .follow]
    case .agent: [.keepKeys]
    }
  }
}

/// What a route requires.
package enum Permission: String, Sendable {
  case submit, read, decide, operate, watch
  case follow = "follow batches"
  case keepKeys = "keep keys"
}
