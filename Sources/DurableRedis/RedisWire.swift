#if Redis
  import CHiredis
  import Foundation

  /// One connection, which sends commands in one write and reads their answers together. It is unusable after an error.
  ///
  /// `@unchecked Sendable`: `RedisConnections` hands a connection to one caller at a time, and only that caller uses it.
  final class RedisWire: @unchecked Sendable {
    private let context: UnsafeMutablePointer<redisContext>

    /// - Parameter patience: how long to wait for a connection, and then for each answer.
    init(_ address: RedisAddress, patience: Duration) throws(RedisError) {
      let wait = patience.timeval
      let made =
        switch address.place {
        case .host(let host, let port): redisConnectWithTimeout(host, Int32(port), wait)
        case .socket(let path): redisConnectUnixWithTimeout(path, wait)
        }
      guard let made else { throw .away("no memory for a connection") }
      context = made
      guard made.pointee.err == 0 else { throw .away(Self.complaint(of: made)) }
      guard redisSetTimeout(made, wait) == REDIS_OK else { throw .away(Self.complaint(of: made)) }
      try begin(address)
    }

    deinit { redisFree(context) }

    private func begin(_ address: RedisAddress) throws(RedisError) {
      var commands: [[[UInt8]]] = []
      if let password = address.password {
        commands.append(["AUTH"].map(\.bytes) + (address.user.map { [$0.bytes] } ?? []) + [password.bytes])
      }
      if address.database != 0 { commands.append(["SELECT".bytes, "\(address.database)".bytes]) }
      for reply in try exchange(commands) {
        if case .refused(let why) = reply { throw .refused(why) }
      }
    }

    /// Sends commands, each a list of words, and waits for the answer to each.
    ///
    /// - Throws: `RedisError.away`; the commands may or may not have been executed.
    func exchange(_ commands: [[[UInt8]]]) throws(RedisError) -> [RedisReply] {
      try send(commands.flatMap(Self.request))
      var replies: [RedisReply] = []
      for _ in commands {
        var answer: UnsafeMutableRawPointer?
        guard redisGetReply(context, &answer) == REDIS_OK, let answer else { throw .away(Self.complaint(of: context)) }
        defer { freeReplyObject(answer) }
        replies.append(RedisReply(answer.assumingMemoryBound(to: redisReply.self).pointee))
      }
      return replies
    }

    /// Sends bytes without a signal to the process if the Redis has closed the connection. hiredis itself would raise
    /// `SIGPIPE`, which ends a process that does not ignore it.
    private func send(_ bytes: [UInt8]) throws(RedisError) {
      var rest = bytes[...]
      while !rest.isEmpty {
        let sent = rest.withUnsafeBytes {
          Foundation.send(context.pointee.fd, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        if sent < 0 && errno == EINTR { continue }
        guard sent > 0 else { throw .away("the connection broke: \(String(cString: strerror(errno)))") }
        rest = rest.dropFirst(sent)
      }
    }

    /// Returns the bytes of a command on the wire.
    private static func request(_ command: [[UInt8]]) -> [UInt8] {
      let lengths = command.map(\.count)
      let all = command.flatMap(\.self)
      return all.withUnsafeBytes { bytes in
        // An empty command has no address; its words have length zero.
        let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
        var offset = 0
        var words: [UnsafePointer<CChar>?] = lengths.map { length in
          defer { offset += length }
          return start.map { $0 + offset }
        }
        var request: UnsafeMutablePointer<CChar>?
        let length = redisFormatCommandArgv(&request, Int32(command.count), &words, lengths)
        guard let request, length > 0 else { preconditionFailure("no memory for a command to Redis") }
        defer { redisFreeCommand(request) }
        return Array(UnsafeRawBufferPointer(start: request, count: Int(length)))
      }
    }

    private static func complaint(of context: UnsafeMutablePointer<redisContext>) -> String {
      let code = context.pointee.err
      guard code != 0 else { return "the connection broke" }
      return withUnsafeBytes(of: &context.pointee.errstr) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
    }
  }

  extension RedisReply {
    fileprivate init(_ reply: redisReply) {
      let bytes = UnsafeRawBufferPointer(start: reply.str, count: reply.str == nil ? 0 : Int(reply.len))
      switch reply.type {
      case REDIS_REPLY_NIL: self = .nothing
      case REDIS_REPLY_STRING: self = .bytes(Array(bytes))
      case REDIS_REPLY_ERROR: self = .refused(String(decoding: bytes, as: UTF8.self))
      default: self = .done
      }
    }
  }

  extension Duration {
    fileprivate var timeval: timeval {
      let (seconds, attoseconds) = components
      return Foundation.timeval(tv_sec: Int(seconds), tv_usec: Int(attoseconds / 1_000_000_000_000))
    }
  }
#endif

/// One answer of a Redis, limited to the kinds that our commands produce.
enum RedisReply: Hashable, Sendable {
  case nothing
  case done
  case bytes([UInt8])
  case refused(String)
}

/// The reason that a Redis was not asked, or gave no answer.
package enum RedisError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The address cannot be used.
  case address(String)
  /// The Redis is unreachable or too slow, or the connection broke.
  case away(String)
  /// The Redis refused a command.
  case refused(String)
  /// The program was built without Redis.
  case leftOut

  package var description: String {
    switch self {
    case .address(let why), .away(let why): why
    case .refused(let why): "it refused a command: \(why)"
    case .leftOut: "this program was built without Redis (package trait Redis)"
    }
  }
}
