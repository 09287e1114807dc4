/// One answer of a Redis, as far as we ask things that are answered like that.
enum RedisReply: Hashable, Sendable {
  case nothing
  case done
  case bytes([UInt8])
  case refused(String)
}
