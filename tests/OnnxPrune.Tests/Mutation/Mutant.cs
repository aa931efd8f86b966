using System.Text.RegularExpressions;
using Google.Protobuf;
using Onnx;

namespace OnnxPrune.Mutation;

/// <summary>A damaged model: a function of its number alone, so that a failure is found again from its number.</summary>
/// <param name="Number">What it is made from.</param>
/// <param name="Seed">The model that was damaged.</param>
/// <param name="Bytes">The file.</param>
internal sealed partial record Mutant(int Number, SeedModel Seed, byte[] Bytes)
{
    private const int MostChanges = 4;

    /// <summary>The mutant of a number: of each seed in turn, four of five by fields, the others by bytes.</summary>
    public static Mutant Of(int number)
    {
        var random = new Random(number);
        var seed = SeedModel.All[number % SeedModel.All.Count];
        int changes = random.Next(1, MostChanges + 1);
        byte[] bytes = random.Next(5) == 0 ? ByBytes(seed.Proto.ToByteArray(), random, changes) : ByFields(seed.Proto, random, changes);
        return new Mutant(number, seed, bytes);
    }

    /// <summary>A plan with changed numbers and texts, from the same number.</summary>
    public string Plan(string json)
    {
        var random = new Random(Number);
        if (random.Next(4) == 0) return System.Text.Encoding.UTF8.GetString(ByBytes(System.Text.Encoding.UTF8.GetBytes(json), random, 2));
        string[] values =
        [
            "0", "-1", "1e300", "1e999", "NaN", "null", "\"\"", "\"0-99999\"",
            "\"\\u0000\"", "[]", "{}", "2147483648", "-2147483648", "true", "\"0\"",
        ];
        var places = Value().Matches(json);
        var place = places[random.Next(places.Count)];
        return json[..place.Index] + values[random.Next(values.Length)] + json[(place.Index + place.Length)..];
    }

    private static byte[] ByFields(ModelProto model, Random random, int changes)
    {
        var copy = model.Clone();
        var mutation = new FieldMutation(random);
        for (; changes > 0; changes--) mutation.Apply(copy);
        return copy.ToByteArray();
    }

    private static byte[] ByBytes(byte[] bytes, Random random, int changes)
    {
        for (; changes > 0 && bytes.Length > 0; changes--)
        {
            int at = random.Next(bytes.Length), length = random.Next(1, 9);
            switch (random.Next(6))
            {
                case 0: bytes = [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + length)..]]; break;
                case 1: bytes = [.. bytes[..at], .. bytes[at..Math.Min(bytes.Length, at + length)], .. bytes[at..]]; break;
                case 2: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 3: bytes[at] = random.Next(2) == 0 ? (byte)0xff : (byte)0; break;
                default: bytes[at] = (byte)random.Next(256); break;
            }
        }
        return bytes;
    }

    [GeneratedRegex("(?<=: |^ +)(\"[^\"]*\"|-?[0-9][0-9.eE+-]*|true|false|null)(?=,?$)", RegexOptions.Multiline)]
    private static partial Regex Value();
}
