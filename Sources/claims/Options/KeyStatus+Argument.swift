public import ArgumentParser
public import DurableExecution

extension KeyStatus: ExpressibleByArgument {}
