/// JMH benchmarks of single operations.
@NullMarked
package dev.alicorn.bench.micro;

import org.jspecify.annotations.NullMarked;
