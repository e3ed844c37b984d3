/* The hottest inner loops. Each has a twin in plain Python that gives the same result: see forest.py and features.py. */
#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include <Python.h>
#include <stdint.h>
#include <stdlib.h>

/* forest_sums(columns, rows, feature, threshold, right, roots) -> list of rows integers.
 *
 * columns: a list of lists of `rows` integers each, all within int32. feature: int32 per node, negative for a leaf.
 * threshold: int32 per node, the leaf's value where it is a leaf. right: int32 per node, the index of the right child;
 * the left child is the next node. roots: int32, the first node of each tree. Every index is checked once before use. */
static int well_formed(const int32_t *feature, const int32_t *right, Py_ssize_t nodes, const int32_t *roots,
                       Py_ssize_t trees, Py_ssize_t columns)
{
    for (Py_ssize_t i = 0; i < nodes; i++)
        if (feature[i] >= 0 && (feature[i] >= columns || right[i] <= i || right[i] >= nodes || i + 1 >= nodes))
            return 0;
    for (Py_ssize_t t = 0; t < trees; t++)
        if (roots[t] < 0 || roots[t] >= nodes)
            return 0;
    return 1;
}

static void sum_row(const int32_t *row, const int32_t *feature, const int32_t *threshold, const int32_t *right,
                    const int32_t *roots, Py_ssize_t trees, long *sum)
{
    for (Py_ssize_t t = 0; t < trees; t++) {
        int32_t node = roots[t];
        while (feature[node] >= 0)
            node = row[feature[node]] <= threshold[node] ? node + 1 : right[node];
        *sum += threshold[node];
    }
}

/* The table row after row, each row's values together; NULL with an exception set where a column does not fit. */
static int32_t *rows_of(PyObject *columns, Py_ssize_t width, Py_ssize_t rows)
{
    int32_t *table = malloc(sizeof(int32_t) * ((size_t)width * (size_t)rows + 1));
    if (!table)
        return (int32_t *)PyErr_NoMemory();
    for (Py_ssize_t c = 0; c < width; c++) {
        PyObject *column = PyList_GetItem(columns, c);
        if (!column || !PyList_Check(column) || PyList_Size(column) != rows)
            goto wrong;
        for (Py_ssize_t r = 0; r < rows; r++) {
            long value = PyLong_AsLong(PyList_GetItem(column, r));
            if (value != (int32_t)value || (value == -1 && PyErr_Occurred()))
                goto wrong;
            table[r * width + c] = (int32_t)value;
        }
    }
    return table;
wrong:
    free(table);
    PyErr_SetString(PyExc_ValueError, "columns are lists of one length that hold integers of 32 bits");
    return NULL;
}

static PyObject *forest_sums(PyObject *self, PyObject *args)
{
    Py_buffer b[4];
    Py_ssize_t rows;
    PyObject *lists, *result = NULL;
    int32_t *table = NULL;
    if (!PyArg_ParseTuple(args, "O!ny*y*y*y*", &PyList_Type, &lists, &rows, &b[0], &b[1], &b[2], &b[3]))
        return NULL;
    const int32_t *feature = b[0].buf, *threshold = b[1].buf, *right = b[2].buf, *roots = b[3].buf;
    Py_ssize_t nodes = b[0].len / 4, trees = b[3].len / 4, width = PyList_Size(lists);
    if (rows < 0 || b[1].len != b[0].len || b[2].len != b[0].len ||
        (rows > 0 && !well_formed(feature, right, nodes, roots, trees, width))) {
        PyErr_SetString(PyExc_ValueError, "the forest's arrays do not fit the columns");
        goto done;
    }
    table = rows_of(lists, width, rows);
    result = table ? PyList_New(rows) : NULL;
    if (!result)
        goto done;
    for (Py_ssize_t r = 0; r < rows; r++) {
        long sum = 0;
        sum_row(table + r * width, feature, threshold, right, roots, trees, &sum);
        PyObject *value = PyLong_FromLong(sum);
        if (!value || PyList_SetItem(result, r, value) < 0) {
            Py_CLEAR(result);
            goto done;
        }
    }
done:
    free(table);
    for (int i = 0; i < 4; i++)
        PyBuffer_Release(&b[i]);
    return result;
}

/* Rounded down, as Python's `//`; b > 0. */
static long long floor_div(long long a, long long b) { return a / b - (a % b < 0); }

enum { MOST = 1 << 22 }; /* places: with values up to 2 to the 40th the sums fit 64 bits */
static const long long LARGEST = 1LL << 40;

/* windowed(column, radius) -> the mean over the places up to `radius` away, itself included, rounded down. */
static PyObject *windowed(PyObject *self, PyObject *args)
{
    PyObject *column, *result = NULL;
    Py_ssize_t radius;
    if (!PyArg_ParseTuple(args, "O!n", &PyList_Type, &column, &radius))
        return NULL;
    Py_ssize_t n = PyList_Size(column);
    if (radius < 0 || n > MOST) {
        PyErr_SetString(PyExc_OverflowError, "the column is too long, or the radius negative");
        return NULL;
    }
    long long *sums = malloc(sizeof(long long) * (size_t)(n + 1)); /* of the values before each place */
    if (!sums)
        return PyErr_NoMemory();
    sums[0] = 0;
    for (Py_ssize_t i = 0; i < n; i++) {
        long long value = PyLong_AsLongLong(PyList_GetItem(column, i));
        if (value == -1 && PyErr_Occurred())
            goto done;
        if (value > LARGEST || value < -LARGEST) {
            PyErr_SetString(PyExc_OverflowError, "a value is too large to be summed");
            goto done;
        }
        sums[i + 1] = sums[i] + value;
    }
    result = PyList_New(n);
    for (Py_ssize_t i = 0; result && i < n; i++) {
        Py_ssize_t low = i > radius ? i - radius : 0, high = n - i > radius ? i + radius + 1 : n;
        PyObject *mean = PyLong_FromLongLong(floor_div(sums[high] - sums[low], high - low));
        if (!mean || PyList_SetItem(result, i, mean) < 0)
            Py_CLEAR(result);
    }
done:
    free(sums);
    return result;
}

static PyMethodDef methods[] = {{"forest_sums", forest_sums, METH_VARARGS, "Sums of leaves for each row."},
                                {"windowed", windowed, METH_VARARGS, "Means over the places around each place."},
                                {NULL, NULL, 0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "_kernels", NULL, 0, methods, NULL, NULL, NULL, NULL};
PyMODINIT_FUNC PyInit__kernels(void) { return PyModuleDef_Init(&module); }
