package dev.alicorn.gpuworker.cluster;

import dev.alicorn.protocol.EncoderMessage;
import dev.alicorn.protocol.EncoderMessageCodec;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/// The one way in which our messages pass between processes; `encoder-cluster.conf` names it.
public final class EncoderMessageSerializer extends SerializerWithStringManifest {
  private static final int IDENTIFIER = 2_503_226;

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object message) {
    return EncoderMessageCodec.kind((EncoderMessage) message);
  }

  @Override
  public byte[] toBinary(Object message) {
    return EncoderMessageCodec.encode((EncoderMessage) message);
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) {
    return EncoderMessageCodec.decode(manifest, bytes);
  }
}
