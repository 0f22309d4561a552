package dev.alicorn.gpuworker.cluster;

import dev.alicorn.protocol.EncoderMessage;
import dev.alicorn.protocol.EncoderMessage.BatchSent;
import org.apache.pekko.actor.typed.delivery.ConsumerController;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;

/// What an encoder's pool and its workers find each other by.
final class Keys {
  private Keys() {}

  /// Who takes offers of work for an encoder.
  static ServiceKey<EncoderMessage.ToPool> pool(String encoder) {
    return ServiceKey.create(EncoderMessage.ToPool.class, "encoder-pool-" + encoder);
  }

  /// Who has been admitted to an encoder's work.
  static ServiceKey<ConsumerController.Command<BatchSent>> work(String encoder) {
    return ServiceKey.create(ConsumerController.serviceKeyClass(), "encoder-work-" + encoder);
  }
}
