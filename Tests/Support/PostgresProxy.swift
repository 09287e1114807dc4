import Foundation
package import PostgresDriver
import Synchronization

/// Forwards bytes between clients and a server's Unix socket, until a test silences it. From then on every connection
/// stays open and no bytes get through, as behind a router that has lost its state.
package final class PostgresProxy: Sendable {
  private let folder: TemporaryFolder
  private let target: String
  private let listener: Int32
  private let state = Mutex(State())

  private struct State {
    /// Connections up to this number are silent.
    var silent = 0
    var lastConnection = 0
    /// The number of pieces sent by clients that are still forwarded; nil for no limit.
    var piecesLeft: Int?
    var cutsNext = false
    /// Cuts the connection that carries these bytes, once they are forwarded.
    var lastWords: [UInt8]?
    var cancelRequests = 0
    var openCancelRequests = 0
    /// Connections that carry a cancel request.
    var cancelLinks: Set<Int> = []
    var descriptors: [Int32] = []
  }

  private struct Link: Sendable {
    let number: Int
    let client: Int32
    let server: Int32
  }

  /// The code of a CancelRequest (PostgreSQL protocol 3.0, 55.7).
  private static let cancelRequest: [UInt8] = [0, 0, 0, 16, 4, 210, 22, 46]

  package init(to server: PrivatePostgres) throws {
    folder = try TemporaryFolder()
    target = server.socketPath
    listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    let path = "\(folder.path)/.s.PGSQL.5432"
    let isListening = Self.withAddress(path) { Foundation.bind(listener, $0, $1) } == 0 && listen(listener, 64) == 0
    guard isListening else { throw ServerProcessError(description: "the proxy cannot listen at \(path)") }
    Thread.detachNewThread { [weak self, listener] in
      while true {
        let client = accept(listener, nil, nil)
        guard client >= 0, let self else { return }
        self.serve(client)
      }
    }
  }

  deinit {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
    for descriptor in state.withLock({ $0.descriptors }) { shutdown(descriptor, Int32(SHUT_RDWR)) }
  }

  /// The server's address through this proxy.
  package var address: PostgresAddress {
    get throws { try PostgresAddress("postgres:///postgres?host=\(folder.path)&user=paidonce") }
  }

  /// The host, in libpq's terms.
  package var folderPath: String { folder.path }

  /// The address of another database of the same server through this proxy.
  package func address(database: PostgresAddress) throws -> PostgresAddress {
    try PostgresAddress("postgres:///\(database.database)?host=\(folder.path)&user=paidonce")
  }

  /// Silences existing and new connections in both directions.
  package func fallSilent() { state.withLock { $0.silent = .max } }

  /// Silences the existing connections only.
  package func silenceOpenConnections() { state.withLock { $0.silent = $0.lastConnection } }

  /// Forwards the given number of pieces that clients send, and then falls silent. A piece is the bytes of one write.
  package func fallSilent(after pieces: Int) { state.withLock { $0.piecesLeft = pieces } }

  /// Forwards half of the next piece that a client sends, and then falls silent.
  package func fallSilentWithinNextPiece() { state.withLock { $0.cutsNext = true } }

  /// Forwards the next piece that holds these bytes, and then cuts the connection to its client, which gets no answer.
  package func cutClient(after words: String) { state.withLock { $0.lastWords = Array(words.utf8) } }

  /// The number of cancel requests received, and the number of those not answered yet.
  package var cancelRequests: (all: Int, open: Int) { state.withLock { ($0.cancelRequests, $0.openCancelRequests) } }

  private func serve(_ client: Int32) {
    let server = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    guard Self.withAddress(target, { connect(server, $0, $1) }) == 0 else {
      close(client)
      close(server)
      return
    }
    let link = state.withLock { state in
      state.lastConnection += 1
      state.descriptors += [client, server]
      return Link(number: state.lastConnection, client: client, server: server)
    }
    pass(over: link, from: client, to: server)
    pass(over: link, from: server, to: client)
  }

  /// Returns the part of a piece that is to be forwarded.
  private func part(of piece: ArraySlice<UInt8>, over link: Link, isFromClient: Bool) -> ArraySlice<UInt8> {
    state.withLock { state in
      guard isFromClient else { return piece }
      if piece.starts(with: Self.cancelRequest) {
        state.cancelRequests += 1
        state.openCancelRequests += 1
        state.cancelLinks.insert(link.number)
      }
      if state.cutsNext {
        state.silent = .max
        return piece.prefix(piece.count / 2)
      }
      if let left = state.piecesLeft {
        state.piecesLeft = left - 1
        if left <= 1 { state.silent = .max }
      }
      return piece
    }
  }

  /// Whether the connection is to be cut after this piece.
  private func cuts(_ piece: ArraySlice<UInt8>) -> Bool {
    state.withLock { state in
      guard let words = state.lastWords,
        piece.indices.contains(where: { piece[$0...].starts(with: words) })
      else { return false }
      state.lastWords = nil
      return true
    }
  }

  private func isSilent(_ link: Link) -> Bool { state.withLock { link.number <= $0.silent } }

  private func pass(over link: Link, from source: Int32, to destination: Int32) {
    Thread.detachNewThread { [weak self] in
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      while true {
        // Do not even read, so that a client that sends much data blocks.
        while self?.isSilent(link) == true { usleep(10_000) }
        let count = read(source, &buffer, buffer.count)
        guard count > 0 else { break }
        while self?.isSilent(link) == true { usleep(10_000) }
        guard var rest = self?.part(of: buffer[..<count], over: link, isFromClient: source == link.client) else {
          break
        }
        while !rest.isEmpty {
          let written = rest.withUnsafeBytes { send(destination, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
          guard written > 0 else { break }
          rest = rest.dropFirst(written)
        }
        if source == link.client, self?.cuts(buffer[..<count]) == true { shutdown(source, Int32(SHUT_RDWR)) }
      }
      // Counted before the client can see it.
      if source == link.server { self?.ended(link) }
      shutdown(destination, Int32(SHUT_WR))
    }
  }

  private func ended(_ link: Link) {
    state.withLock { state in
      if state.cancelLinks.remove(link.number) != nil { state.openCancelRequests -= 1 }
    }
  }

  private static func withAddress<Value>(
    _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Value
  ) -> Value {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
    }
  }
}
