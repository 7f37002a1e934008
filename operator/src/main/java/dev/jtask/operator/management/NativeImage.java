package dev.jtask.operator.management;

import com.rabbitmq.http.client.domain.ChannelDetails;
import com.rabbitmq.http.client.domain.ConsumerDetails;
import com.rabbitmq.http.client.domain.ExchangeInfo;
import com.rabbitmq.http.client.domain.ExchangeMessageStats;
import com.rabbitmq.http.client.domain.MessageStats;
import com.rabbitmq.http.client.domain.OwnerPidDetails;
import com.rabbitmq.http.client.domain.QueueDetails;
import com.rabbitmq.http.client.domain.QueueInfo;
import com.rabbitmq.http.client.domain.RateDetails;
import com.rabbitmq.http.client.domain.Sample;
import io.quarkus.runtime.annotations.RegisterForReflection;

/// What Jackson writes of the management client's types, with what these have in them. Nobody else tells a native image
/// of them, and without them it would declare queues without their arguments.
@RegisterForReflection(
        targets = {
            QueueInfo.class,
            MessageStats.class,
            RateDetails.class,
            Sample.class,
            OwnerPidDetails.class,
            ConsumerDetails.class,
            ChannelDetails.class,
            QueueDetails.class,
            ExchangeInfo.class,
            ExchangeMessageStats.class
        })
final class NativeImage {

    private NativeImage() {}
}
