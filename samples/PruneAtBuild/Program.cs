using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

// CIFAR-10 as the repository has it: 1,000 images [3,32,32] of bytes, and as many class numbers of eight bytes.
const int Images = 1000, Pixels = 3 * 32 * 32, Classes = 10;
float[] images = Array.ConvertAll(Content("images.npy", Images * Pixels), pixel => (float)pixel);
byte[] labels = Content("labels.npy", Images * sizeof(long));

foreach (string name in new[] { "original.onnx", "pruned.onnx" })
{
    string path = Path.Combine(AppContext.BaseDirectory, name);
    using var session = new InferenceSession(path);
    using var results = session.Run([NamedOnnxValue.CreateFromTensor("image", new DenseTensor<float>(images, [Images, 3, 32, 32]))]);
    float[] scores = results[0].AsTensor<float>().ToArray();
    int right = Enumerable.Range(0, Images).Count(i => Best(scores.AsSpan(i * Classes, Classes)) == BitConverter.ToInt64(labels, i * sizeof(long)));
    double percent = 100.0 * right / Images;
    Console.WriteLine(FormattableString.Invariant($"{name}: {new FileInfo(path).Length / 1024} KiB, {percent:0.0}% of {Images} images right"));
}

static int Best(ReadOnlySpan<float> scores)
{
    int best = 0;
    for (int i = 1; i < scores.Length; i++)
        if (scores[i] > scores[best]) best = i;
    return best;
}

// The last bytes of a NumPy file are its elements.
static byte[] Content(string name, int bytes) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, name))[^bytes..];
