// A library of custom operators for ONNX Runtime, as a vendor would ship it: vendor.Act computes x * |x| for each element.
#include <stddef.h>
#include "onnxruntime_c_api.h"

static const OrtApi* api;

static void* ORT_API_CALL create(const struct OrtCustomOp* op, const OrtApi* ort, const OrtKernelInfo* info) {
    (void)op; (void)info;
    api = ort;
    return (void*)api;
}

static const char* ORT_API_CALL name(const struct OrtCustomOp* op) { (void)op; return "Act"; }
static const char* ORT_API_CALL provider(const struct OrtCustomOp* op) { (void)op; return NULL; }
static size_t ORT_API_CALL one(const struct OrtCustomOp* op) { (void)op; return 1; }
static ONNXTensorElementDataType ORT_API_CALL type(const struct OrtCustomOp* op, size_t index) {
    (void)op; (void)index;
    return ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT;
}

static OrtCustomOpInputOutputCharacteristic ORT_API_CALL required(const struct OrtCustomOp* op, size_t index) {
    (void)op; (void)index;
    return INPUT_OUTPUT_REQUIRED;
}

static OrtMemType ORT_API_CALL memory(const struct OrtCustomOp* op, size_t index) {
    (void)op; (void)index;
    return OrtMemTypeDefault;
}

static void ORT_API_CALL compute(void* kernel, OrtKernelContext* context) {
    (void)kernel;
    const OrtValue* input;
    OrtValue* output;
    OrtTensorTypeAndShapeInfo* info;
    size_t rank, count;
    int64_t dims[8];
    float *x, *y;
    if (api->KernelContext_GetInput(context, 0, &input) || api->GetTensorTypeAndShape(input, &info)) return;
    if (api->GetDimensionsCount(info, &rank) || rank > 8 || api->GetDimensions(info, dims, rank)) return;
    if (api->GetTensorShapeElementCount(info, &count) || api->KernelContext_GetOutput(context, 0, dims, rank, &output)) return;
    api->ReleaseTensorTypeAndShapeInfo(info);
    if (api->GetTensorMutableData((OrtValue*)input, (void**)&x) || api->GetTensorMutableData(output, (void**)&y)) return;
    for (size_t i = 0; i < count; i++) y[i] = x[i] * (x[i] < 0 ? -x[i] : x[i]);
}

static void ORT_API_CALL destroy(void* kernel) { (void)kernel; }

static OrtCustomOp act;

ORT_EXPORT OrtStatus* ORT_API_CALL RegisterCustomOps(OrtSessionOptions* options, const OrtApiBase* base) {
    const OrtApi* ort = base->GetApi(13);
    OrtCustomOpDomain* domain;
    act.version = 13;
    act.CreateKernel = create;
    act.GetName = name;
    act.GetExecutionProviderType = provider;
    act.GetInputType = type;
    act.GetInputTypeCount = one;
    act.GetOutputType = type;
    act.GetOutputTypeCount = one;
    act.KernelCompute = compute;
    act.KernelDestroy = destroy;
    act.GetInputCharacteristic = required;
    act.GetOutputCharacteristic = required;
    act.GetInputMemoryType = memory;
    OrtStatus* status = ort->CreateCustomOpDomain("vendor", &domain);
    if (!status) status = ort->CustomOpDomain_Add(domain, &act);
    return status ? status : ort->AddCustomOpDomain(options, domain);
}
