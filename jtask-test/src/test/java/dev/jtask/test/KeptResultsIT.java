package dev.jtask.test;

/// The same on a real RabbitMQ with a real Redis.
@OnRabbitMq
class KeptResultsIT extends KeptResultsTest {}
