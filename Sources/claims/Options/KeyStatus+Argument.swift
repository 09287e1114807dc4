import ArgumentParser
import DurableExecution

extension KeyStatus: ExpressibleByArgument {}
