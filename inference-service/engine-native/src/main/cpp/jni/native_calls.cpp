// The Java class NativeCalls: arguments are checked and passed on, exceptions become Java's.

#include <jni.h>

#include <exception>
#include <new>
#include <stdexcept>
#include <string>
#include <vector>

#include "../cpu.h"
#include "../measure.h"
#include "../session.h"

using chasqui::KvSizes;
using chasqui::Session;
using chasqui::StepSlice;
using chasqui::StepView;
using chasqui::Stored;

namespace {

/// Raised with every change of a method or of what its arguments mean; NativeLibrary knows it too.
constexpr jint kAbiVersion = 5;

void raise(JNIEnv* env, const char* type, const std::string& message) {
  if (env->ExceptionCheck()) return;
  jclass c = env->FindClass(type);
  if (c != nullptr) env->ThrowNew(c, message.c_str());
}

/// Runs a body whose exceptions become Java's.
template <class Result, class Body>
Result guarded(JNIEnv* env, Result onFailure, Body body) {
  try {
    return body();
  } catch (const std::bad_alloc&) {
    raise(env, "java/lang/OutOfMemoryError", "the native backend cannot get the memory it needs");
  } catch (const std::invalid_argument& e) {
    raise(env, "java/lang/IllegalArgumentException", e.what());
  } catch (const std::exception& e) {
    raise(env, "java/lang/IllegalStateException", e.what());
  }
  return onFailure;
}

Session& sessionOf(jlong handle) {
  if (handle == 0) throw std::invalid_argument("the session is closed");
  return *reinterpret_cast<Session*>(handle);
}

void check(bool holds, const char* what) {
  if (!holds) throw std::invalid_argument(what);
}

std::vector<int> intsOf(JNIEnv* env, jintArray array) {
  std::vector<int> copy(static_cast<size_t>(env->GetArrayLength(array)));
  env->GetIntArrayRegion(array, 0, static_cast<jsize>(copy.size()), copy.data());
  return copy;
}

/// Reads the step that NativeStep wrote and checks that it lies within its memory.
StepView stepOf(const Session& session, const int* ints, size_t intCount, const float* floats,
                size_t floatCount) {
  constexpr size_t kHead = 3;
  check(intCount >= kHead, "a step has a head");
  StepView step{};
  step.rows = ints[0];
  step.sliceCount = ints[1];
  step.logitRowCount = ints[2];
  check(step.rows >= 1 && step.sliceCount >= 1 && step.logitRowCount >= 0, "a step has rows");
  const size_t sliceInts = (sizeof(StepSlice) / sizeof(int)) * static_cast<size_t>(step.sliceCount);
  check(kHead + sliceInts + static_cast<size_t>(step.logitRowCount) <= intCount, "slices fit the step");
  step.slices = reinterpret_cast<const StepSlice*>(ints + kHead);
  step.logitRows = ints + kHead + sliceInts;
  step.tables = step.logitRows + step.logitRowCount;
  size_t needed = static_cast<size_t>(session.program().embedWidth);
  for (int pairs : session.program().pairs) needed += 2 * static_cast<size_t>(pairs);
  check(needed * static_cast<size_t>(step.rows) <= floatCount, "embeddings and angles fit the step");
  step.embeddings = floats;
  step.angles = floats + static_cast<size_t>(step.rows) * static_cast<size_t>(session.program().embedWidth);
  return step;
}

void copyGreatest(JNIEnv* env, const std::vector<int>& greatest, jintArray target) {
  const jsize rows = static_cast<jsize>(greatest.size());
  check(env->GetArrayLength(target) >= rows, "there is room for the greatest logit of each row");
  env->SetIntArrayRegion(target, 0, rows, greatest.data());
}

}  // namespace

#define CHASQUI_CALL(type, name) \
  extern "C" JNIEXPORT type JNICALL Java_dev_chasqui_engine_backend_nativecode_NativeCalls_##name

CHASQUI_CALL(jint, abiVersion)(JNIEnv*, jclass) { return kAbiVersion; }

CHASQUI_CALL(jint, usableVariants)(JNIEnv*, jclass) { return chasqui::usableVariants(); }

CHASQUI_CALL(jlong, open)(JNIEnv* env, jclass, jint variant, jint threads, jint activationBits) {
  return guarded(env, jlong{0}, [&] {
    const chasqui::Kernels* kernels = chasqui::kernelsOf(variant);
    check(kernels != nullptr, "this CPU cannot run the variant");
    check(threads >= 1, "a session has at least one thread");
    return reinterpret_cast<jlong>(new Session(*kernels, threads, activationBits > 8));
  });
}

CHASQUI_CALL(jint, addMatrix)
(JNIEnv* env, jclass, jlong handle, jint stored, jint rows, jint columns, jlong address, jlong bytes) {
  return guarded(env, jint{-1}, [&] {
    check(stored >= 0 && stored < chasqui::kStoredTypes, "the dtype is known");
    check(rows >= 1 && columns >= 1 && address != 0, "a matrix has rows, columns and bytes");
    const size_t rowBytes = chasqui::storedRowBytes(static_cast<Stored>(stored), columns);
    check(rowBytes > 0 && rowBytes * static_cast<size_t>(rows) == static_cast<size_t>(bytes),
          "the bytes are those of the matrix");
    return sessionOf(handle).addMatrix(static_cast<Stored>(stored), rows, columns,
                                       reinterpret_cast<const uint8_t*>(address));
  });
}

CHASQUI_CALL(jint, addVector)(JNIEnv* env, jclass, jlong handle, jfloatArray values) {
  return guarded(env, jint{-1}, [&] {
    std::vector<float> copy(static_cast<size_t>(env->GetArrayLength(values)));
    env->GetFloatArrayRegion(values, 0, static_cast<jsize>(copy.size()), copy.data());
    return sessionOf(handle).addVector(copy.data(), static_cast<int>(copy.size()));
  });
}

CHASQUI_CALL(jint, setProgram)
(JNIEnv* env, jclass, jlong handle, jintArray slots, jintArray code, jint logits, jintArray kv,
 jint adapters) {
  return guarded(env, jint{-1}, [&] {
    const std::vector<int> sizes = intsOf(env, kv);
    check(sizes.size() == 7, "KV memory has six sizes and a type");
    check(sizes[6] >= 0 && sizes[6] < chasqui::kKvTypes, "the KV type is known");
    const KvSizes kvSizes{sizes[0], sizes[1], sizes[2], sizes[3], sizes[4], sizes[5],
                          static_cast<chasqui::KvType>(sizes[6])};
    check(kvSizes.layers >= 0 && kvSizes.blocks >= 1 && kvSizes.blockSize >= 1 &&
              kvSizes.kvHeads >= 1 && kvSizes.headSize >= 1 && kvSizes.heads % kvSizes.kvHeads == 0,
          "the KV sizes are sound");
    check(adapters >= 0, "there are no fewer adapters than none");
    Session& session = sessionOf(handle);
    session.setProgram(intsOf(env, slots), intsOf(env, code), logits, kvSizes, adapters);
    return static_cast<jint>(session.logitStride());
  });
}

CHASQUI_CALL(jlong, run)
(JNIEnv* env, jclass, jlong handle, jlong ints, jlong intCount, jlong floats, jlong floatCount,
 jintArray greatest) {
  return guarded(env, jlong{0}, [&] {
    check(ints != 0 && floats != 0, "a step has memory");
    Session& session = sessionOf(handle);
    const StepView step = stepOf(session, reinterpret_cast<const int*>(ints),
                                 static_cast<size_t>(intCount), reinterpret_cast<const float*>(floats),
                                 static_cast<size_t>(floatCount));
    session.run(step);
    copyGreatest(env, session.greatest(), greatest);
    return reinterpret_cast<jlong>(session.logits());
  });
}

CHASQUI_CALL(jdoubleArray, measure)(JNIEnv* env, jclass, jint variant, jint threads) {
  return guarded(env, static_cast<jdoubleArray>(nullptr), [&] {
    const chasqui::Kernels* kernels = chasqui::kernelsOf(variant);
    check(kernels != nullptr && threads >= 1, "this CPU can run the variant, with a thread at least");
    const chasqui::Speed speed = chasqui::measure(*kernels, threads);
    const jdouble both[] = {speed.readGigabytesPerSecond, speed.int8GigaopsPerSecond};
    jdoubleArray result = env->NewDoubleArray(2);
    if (result != nullptr) env->SetDoubleArrayRegion(result, 0, 2, both);
    return result;
  });
}

CHASQUI_CALL(void, close)(JNIEnv*, jclass, jlong handle) {
  delete reinterpret_cast<Session*>(handle);
}
