// The Java class CudaCalls: arguments are checked and passed on, exceptions become Java's. No maths.

#include <jni.h>

#ifdef __linux__
#include <sched.h>
#endif

#include <exception>
#include <new>
#include <stdexcept>
#include <string>
#include <vector>

#include "session/session.h"

using chasqui::cuda::DeviceFailure;
using chasqui::cuda::Session;

namespace {

/// Raised with every change of a method or of what its arguments mean; LibraryFile knows it too.
constexpr jint kAbiVersion = 1;

constexpr const char* kDeviceFailure = "dev/chasqui/engine/api/DeviceFailureException";
constexpr const char* kUnavailable = "dev/chasqui/engine/api/BackendUnavailableException";

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
  } catch (const DeviceFailure& e) {
    raise(env, kDeviceFailure, e.what());
  } catch (const std::bad_alloc&) {
    raise(env, "java/lang/OutOfMemoryError", "the CUDA backend cannot get the memory of the host that it needs");
  } catch (const std::invalid_argument& e) {
    raise(env, "java/lang/IllegalArgumentException", e.what());
  } catch (const std::exception& e) {
    raise(env, "java/lang/IllegalStateException", e.what());
  }
  return onFailure;
}

/// While a session is opened, memory that cannot be had means that the model does not fit.
template <class Result, class Body>
Result guardedOpening(JNIEnv* env, Result onFailure, Body body) {
  return guarded(env, onFailure, [&] {
    try {
      return body();
    } catch (const DeviceFailure& e) {
      if (e.error() != chasqui::cuda::kOutOfMemory) throw;
      raise(env, kUnavailable,
            std::string("the model does not fit into what is left of the device's memory (") + e.what() +
                "): take a smaller quantisation, lower kv-tokens, or end what else runs on the device");
      return onFailure;
    }
  });
}

void check(bool holds, const char* what) {
  if (!holds) throw std::invalid_argument(what);
}

Session& sessionOf(jlong handle) {
  check(handle != 0, "the session is closed");
  return *reinterpret_cast<Session*>(handle);
}

std::vector<int> intsOf(JNIEnv* env, jintArray array) {
  check(array != nullptr, "an array is there");
  std::vector<int> copy(static_cast<size_t>(env->GetArrayLength(array)));
  env->GetIntArrayRegion(array, 0, static_cast<jsize>(copy.size()), copy.data());
  return copy;
}

/// One line of CudaDevice.parse.
std::string lineOf(int index) {
  chasqui::cuda::Device device{};
  chasqui::cuda::require(chasqui::cuda::describe(index, &device), "a device cannot be described");
  const char tab = '\t';
  return std::to_string(index) + tab + device.uuid + tab + device.name + tab + std::to_string(device.major) + tab +
         std::to_string(device.minor) + tab + std::to_string(device.memoryBytes) + tab + device.pciBusId;
}

}  // namespace

#define CHASQUI_CALL(type, name) extern "C" JNIEXPORT type JNICALL Java_dev_chasqui_engine_backend_cuda_CudaCalls_##name

CHASQUI_CALL(jint, abiVersion)(JNIEnv*, jclass) { return kAbiVersion; }

CHASQUI_CALL(jintArray, versions)(JNIEnv* env, jclass) {
  return guarded(env, static_cast<jintArray>(nullptr), [&] {
    int runtime = 0;
    int driver = 0;
    chasqui::cuda::runtimeVersion(&runtime);
    if (chasqui::cuda::driverVersion(&driver) != chasqui::cuda::kOk) driver = 0;
    const jint both[] = {runtime, driver};
    jintArray result = env->NewIntArray(2);
    if (result != nullptr) env->SetIntArrayRegion(result, 0, 2, both);
    return result;
  });
}

CHASQUI_CALL(jobjectArray, devices)(JNIEnv* env, jclass) {
  return guarded(env, static_cast<jobjectArray>(nullptr), [&] {
    int count = 0;
    // without a driver or a device this is an error, and the versions say which
    if (chasqui::cuda::deviceCount(&count) != chasqui::cuda::kOk) {
      chasqui::cuda::lastError();
      count = 0;
    }
    jobjectArray result = env->NewObjectArray(count, env->FindClass("java/lang/String"), nullptr);
    for (int i = 0; result != nullptr && i < count; i++) {
      env->SetObjectArrayElement(result, i, env->NewStringUTF(lineOf(i).c_str()));
    }
    return result;
  });
}

CHASQUI_CALL(jlong, freeBytes)(JNIEnv* env, jclass, jint device) {
  return guarded(env, jlong{0}, [&] {
    size_t freeBytes = 0;
    size_t totalBytes = 0;
    chasqui::cuda::require(chasqui::cuda::useDevice(device), "the device cannot be opened");
    chasqui::cuda::require(chasqui::cuda::freeMemory(&freeBytes, &totalBytes), "the device does not tell its memory");
    return static_cast<jlong>(freeBytes);
  });
}

CHASQUI_CALL(void, bindThread)(JNIEnv* env, jclass, jintArray cpus) {
  guarded(env, 0, [&] {
#ifdef __linux__
    cpu_set_t set;
    CPU_ZERO(&set);
    for (int cpu : intsOf(env, cpus)) {
      if (cpu >= 0 && cpu < CPU_SETSIZE) CPU_SET(cpu, &set);
    }
    // a container may allow none of them: then the thread stays where it is
    sched_setaffinity(0, sizeof set, &set);
#else
    (void)cpus;
#endif
    return 0;
  });
}

CHASQUI_CALL(jlong, open)(JNIEnv* env, jclass, jint device) {
  return guardedOpening(env, jlong{0}, [&] { return reinterpret_cast<jlong>(new Session(device)); });
}

CHASQUI_CALL(jint, addMatrix)(JNIEnv* env, jclass, jlong handle, jint stored, jint rows, jint columns) {
  return guardedOpening(env, jint{-1}, [&] {
    const auto type = static_cast<chasqui::cuda::Stored>(stored);
    check(rows >= 1 && columns >= 1, "a matrix has rows and columns");
    check(chasqui::cuda::storedRowBytes(type, columns) > 0, "the dtype is known and columns fill its blocks");
    return static_cast<jint>(sessionOf(handle).addMatrix(type, rows, columns));
  });
}

CHASQUI_CALL(void, fillMatrix)
(JNIEnv* env, jclass, jlong handle, jint matrix, jint firstRow, jint rows, jlong address, jlong bytes) {
  guardedOpening(env, 0, [&] {
    check(address != 0 && bytes > 0, "a matrix has bytes");
    sessionOf(handle).fillMatrix(matrix, firstRow, rows, reinterpret_cast<const unsigned char*>(address),
                                 static_cast<size_t>(bytes));
    return 0;
  });
}

CHASQUI_CALL(jint, addVector)(JNIEnv* env, jclass, jlong handle, jfloatArray values) {
  return guardedOpening(env, jint{-1}, [&] {
    check(values != nullptr, "a vector has values");
    std::vector<float> copy(static_cast<size_t>(env->GetArrayLength(values)));
    env->GetFloatArrayRegion(values, 0, static_cast<jsize>(copy.size()), copy.data());
    return static_cast<jint>(sessionOf(handle).addVector(copy.data(), copy.size()));
  });
}

CHASQUI_CALL(void, setProgram)
(JNIEnv* env, jclass, jlong handle, jintArray buffers, jintArray slots, jintArray code, jint logits,
 jintArray sizes) {
  guardedOpening(env, 0, [&] {
    sessionOf(handle).setProgram(
        {intsOf(env, buffers), intsOf(env, slots), intsOf(env, code), logits, intsOf(env, sizes)});
    return 0;
  });
}

CHASQUI_CALL(void, run)(JNIEnv* env, jclass, jlong handle, jlong words, jint wordCount, jfloatArray logits) {
  guarded(env, 0, [&] {
    check(words != 0 && wordCount > 0 && logits != nullptr, "a step has memory");
    Session& session = sessionOf(handle);
    session.run(reinterpret_cast<const int*>(words), static_cast<size_t>(wordCount));
    const jlong count = static_cast<jlong>(session.logitRows()) * session.vocabularySize();
    check(env->GetArrayLength(logits) >= count, "the logits fit their array");
    if (count > 0) env->SetFloatArrayRegion(logits, 0, static_cast<jsize>(count), session.logits());
    return 0;
  });
}

CHASQUI_CALL(void, greedy)(JNIEnv* env, jclass, jlong handle, jlong words, jint wordCount, jintArray best) {
  guarded(env, 0, [&] {
    check(words != 0 && wordCount > 0 && best != nullptr, "a step has memory");
    Session& session = sessionOf(handle);
    session.runGreedy(reinterpret_cast<const int*>(words), static_cast<size_t>(wordCount));
    check(env->GetArrayLength(best) >= session.logitRows(), "the tokens fit their array");
    if (session.logitRows() > 0) env->SetIntArrayRegion(best, 0, session.logitRows(), session.best());
    return 0;
  });
}

CHASQUI_CALL(jlong, graphLaunches)(JNIEnv* env, jclass, jlong handle) {
  return guarded(env, jlong{0}, [&] { return static_cast<jlong>(sessionOf(handle).graphLaunches()); });
}

CHASQUI_CALL(void, close)(JNIEnv*, jclass, jlong handle) { delete reinterpret_cast<Session*>(handle); }
